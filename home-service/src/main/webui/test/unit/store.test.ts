import { describe, expect, it } from 'vitest';
import type { StreamEvent } from '../../src/api/types.ts';
import { accountsOf, apply, emptyWorld } from '../../src/live/store.ts';
import { account, challenge, run, world } from './samples.ts';

const now = '2026-01-01T10:00:00Z';

describe('the store', () => {
  it('takes a snapshot, and forgets what it does not name', () => {
    const before = world([account({ id: 'gone' })], [challenge({ id: 'gone' })]);
    const after = apply(before, { type: 'snapshot', now, accounts: [account()], challenges: [challenge()] });
    expect(after).toEqual(world([account()], [challenge()]));
  });

  it('keeps what is newer than the snapshot', () => {
    const before = world([account({ version: 5 })], [challenge({ version: 5 })]);
    const after = apply(before, {
      type: 'snapshot',
      now,
      accounts: [account({ version: 4, status: 'IDLE' })],
      challenges: [challenge({ version: 5, state: 'CHECKING' })],
    });
    expect(after).toEqual(before);
  });

  it.each<[string, StreamEvent]>([
    ['an older account', { type: 'account', now, account: account({ version: 2, status: 'IDLE' }) }],
    ['the same account again', { type: 'account', now, account: account({ version: 3, status: 'IDLE' }) }],
    ['an older challenge', { type: 'challenge', now, challenge: challenge({ version: 3, state: 'ENDED' }) }],
    ['a heartbeat', { type: 'heartbeat', now }],
    ['a farewell', { type: 'bye', now, why: 'SESSION_ENDED' }],
  ])('is not changed by %s', (_, event) => {
    const before = world([account({ version: 3 })], [challenge({ version: 3 })]);
    expect(apply(before, event)).toEqual(before);
  });

  it('takes what is newer', () => {
    const before = world([account({ version: 3 })], [challenge({ version: 3 })]);
    const said = account({ version: 4, status: 'CONNECTED', run: run({ state: 'DONE' }) });
    const after = apply(before, { type: 'account', now, account: said });
    expect(after).toEqual(world([said], [challenge({ version: 3 })]));
    const ended = challenge({ version: 4, state: 'ENDED', outcome: 'ACCEPTED' });
    expect(apply(after, { type: 'challenge', now, challenge: ended })).toEqual(world([said], [ended]));
  });

  it('does not bring a removed account back', () => {
    const removed = apply(world([account()], []), { type: 'account-removed', now, id: 'account-1', version: 7 });
    expect(removed.accounts).toEqual({});
    const late = account({ version: 6 });
    expect(apply(removed, { type: 'account', now, account: late }).accounts).toEqual({});
    expect(apply(removed, { type: 'snapshot', now, accounts: [late], challenges: [] }).accounts).toEqual({});
  });

  it('is not ready before the first snapshot', () => {
    expect(apply(emptyWorld, { type: 'account', now, account: account() }).ready).toBe(false);
  });

  it('lists accounts by label', () => {
    const all = world([account({ id: 'b', label: 'ben' }), account({ id: 'a', label: 'ada' })], []);
    expect(accountsOf(all).map((one) => one.label)).toEqual(['ada', 'ben']);
  });
});
