/** One message of a server-sent event stream. */
export interface Message {
  event: string;
  data: string;
}

/** Cuts a stream of text into messages, as the HTML standard says; keeps what is not complete yet. */
export class MessageCutter {
  private rest = '';

  feed(text: string): Message[] {
    // A CR at the end may be half of a CRLF: it waits for what follows.
    const all = this.rest + text;
    const usable = all.endsWith('\r') ? all.slice(0, -1) : all;
    const blocks = usable.replace(/\r\n?/g, '\n').split('\n\n');
    this.rest = (blocks.pop() ?? '') + all.slice(usable.length);
    return blocks.map(message).filter((one): one is Message => one !== null);
  }
}

function message(block: string): Message | null {
  let event = 'message';
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (colon === 0) continue;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') event = value;
    else if (field === 'data') data.push(value);
  }
  return data.length === 0 ? null : { event, data: data.join('\n') };
}
