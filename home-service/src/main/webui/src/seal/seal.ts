import { CompactEncrypt, importJWK } from 'jose';
import type { JWK } from 'jose';

/** The longest code that a challenge takes, in characters. */
export const LONGEST_CODE = 256;

const encoder = new TextEncoder();

async function seal(jwk: JWK, type: string, bound: Record<string, unknown>, text: string): Promise<string> {
  const key = await importJWK(jwk, 'ECDH-ES');
  return new CompactEncrypt(encoder.encode(text))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', typ: type, kid: jwk.kid, ...bound })
    .encrypt(key);
}

/** Seals a code to the key of its challenge, for this round only. */
export function sealCode(jwk: JWK, challenge: string, round: number, code: string): Promise<string> {
  const text = code.trim();
  if (text.length === 0 || text.length > LONGEST_CODE) {
    return Promise.reject(new Error(`a code has 1 to ${LONGEST_CODE} characters`));
  }
  return seal(jwk, 'kt-code', { challenge, round }, text);
}

/** Seals all field values of an account to the workers' key, for this account and connector only. */
export function sealCredentials(
  keys: JWK[],
  account: string,
  connector: string,
  fields: Record<string, string>,
): Promise<string> {
  const key = keys.find((candidate) => candidate.kty === 'EC' && candidate.use === 'enc');
  if (key === undefined) return Promise.reject(new Error('no key to seal to: expected an EC key with use "enc"'));
  return seal(key, 'kt-credentials', { account, connector }, JSON.stringify(fields));
}
