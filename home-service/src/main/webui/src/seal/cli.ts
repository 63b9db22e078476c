import { readFileSync } from 'node:fs';
import type { JWK } from 'jose';
import { sealCode, sealCredentials } from './seal.ts';

/**
 * Seals what stands as JSON on standard input and prints the compact JWE, with the same code as the page.
 *
 *     {"kind":"code","jwk":{…},"challenge":"…","round":1,"code":"123456"}
 *     {"kind":"credentials","keys":{"keys":[…]},"account":"…","connector":"sandbox","fields":{"login":"ada"}}
 */
type Order =
  | { kind: 'code'; jwk: JWK; challenge: string; round: number; code: string }
  | {
      kind: 'credentials';
      keys: JWK[] | { keys: JWK[] };
      account: string;
      connector: string;
      fields: Record<string, string>;
    };

function sealed(order: Order): Promise<string> {
  switch (order.kind) {
    case 'code':
      return sealCode(order.jwk, order.challenge, order.round, order.code);
    case 'credentials':
      return sealCredentials(
        Array.isArray(order.keys) ? order.keys : order.keys.keys,
        order.account,
        order.connector,
        order.fields,
      );
  }
}

const order = JSON.parse(readFileSync(0, 'utf8')) as Order;
process.stdout.write((await sealed(order)) + '\n');
