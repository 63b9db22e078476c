// Usage: node validate.mjs FILE. Prints what is wrong with an AsyncAPI page and exits with 1.
import { Parser, fromFile } from "@asyncapi/parser";

const WARNING = 1;

const { document, diagnostics } = await fromFile(new Parser(), process.argv[2]).parse();
const faults = diagnostics.filter((d) => d.severity <= WARNING);
for (const fault of faults) {
  console.log(`${fault.path.join(".")}: ${fault.message} (${fault.code})`);
}
if (document === undefined || faults.length > 0) {
  process.exit(1);
}
console.log(`AsyncAPI ${document.version()}, ${document.allMessages().all().length} messages`);
