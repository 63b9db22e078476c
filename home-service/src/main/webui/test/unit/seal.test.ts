import { compactDecrypt, exportJWK, generateKeyPair } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CryptoKey, JWK } from 'jose';
import { uuid } from '../../src/seal/able.ts';
import { sealCode, sealCredentials } from '../../src/seal/seal.ts';

let privateKey: CryptoKey;
let jwk: JWK;

beforeAll(async () => {
  const pair = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true });
  privateKey = pair.privateKey;
  jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1', use: 'enc' };
});

async function opened(jwe: string) {
  const { plaintext, protectedHeader } = await compactDecrypt(jwe, privateKey);
  return { text: new TextDecoder().decode(plaintext), header: protectedHeader };
}

describe('sealing', () => {
  it('binds a code to its challenge and round', async () => {
    const { text, header } = await opened(await sealCode(jwk, 'c1', 2, ' 123456 '));
    expect(text).toBe('123456');
    expect(header).toEqual({
      alg: 'ECDH-ES',
      enc: 'A256GCM',
      typ: 'kt-code',
      kid: 'k1',
      challenge: 'c1',
      round: 2,
      epk: expect.objectContaining({ kty: 'EC', crv: 'P-256' }),
    });
  });

  it('binds credentials to account and connector, and takes the key for sealing', async () => {
    const keys = [{ ...jwk, kid: 's1', use: 'sig' }, jwk];
    const { text, header } = await opened(await sealCredentials(keys, 'a1', 'sandbox', { login: 'ada', password: 'pä' }));
    expect(JSON.parse(text)).toEqual({ login: 'ada', password: 'pä' });
    expect(header).toMatchObject({ typ: 'kt-credentials', kid: 'k1', account: 'a1', connector: 'sandbox' });
  });

  it('refuses an empty code, one that is too long, and a set without a key for sealing', async () => {
    await expect(sealCode(jwk, 'c1', 1, '  ')).rejects.toThrow('1 to 256');
    await expect(sealCode(jwk, 'c1', 1, 'x'.repeat(257))).rejects.toThrow('1 to 256');
    await expect(sealCredentials([{ ...jwk, use: 'sig' }], 'a', 'b', {})).rejects.toThrow('use "enc"');
  });

  it('makes UUIDs of version 4', () => {
    expect(uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(uuid()).not.toBe(uuid());
  });
});
