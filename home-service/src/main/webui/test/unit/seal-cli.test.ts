import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compactDecrypt, exportJWK, generateKeyPair } from 'jose';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyturn-seal-'));
  await build({ configFile: 'vite.seal.config.ts', logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
});

afterAll(() => rm(folder, { recursive: true }));

/** One file, run by plain node away from any package. */
function sealedBy(order: object): string {
  const run = spawnSync(process.execPath, [join(folder, 'seal.mjs')], { input: JSON.stringify(order), encoding: 'utf8', cwd: folder });
  expect(run.stderr).toBe('');
  return run.stdout.trim();
}

it('seals codes and credentials from standard input', async () => {
  const { publicKey, privateKey } = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', use: 'enc' };
  const opened = async (jwe: string) => {
    const { plaintext, protectedHeader } = await compactDecrypt(jwe, privateKey);
    return [new TextDecoder().decode(plaintext), protectedHeader['typ']];
  };
  const code = sealedBy({ kind: 'code', jwk, challenge: 'c1', round: 1, code: '123456' });
  expect(await opened(code)).toEqual(['123456', 'kt-code']);
  const order = { kind: 'credentials', keys: { keys: [jwk] }, account: 'a1', connector: 'sandbox', fields: { login: 'ada' } };
  expect(await opened(sealedBy(order))).toEqual(['{"login":"ada"}', 'kt-credentials']);
});
