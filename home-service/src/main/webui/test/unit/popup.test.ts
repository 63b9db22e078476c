import { describe, expect, it } from 'vitest';
import type { Challenge } from '../../src/api/types.ts';
import { asking, canWish, follow, granted, isExtendable, judged, waiting } from '../../src/popup/popup.ts';
import type { Phase, Popup } from '../../src/popup/popup.ts';
import { account, challenge, run, world } from './samples.ts';

const nothing = new Set<string>();

function at(phase: Phase, of: Challenge = challenge()): Popup {
  return { challenge: of, phase };
}

function said(of: Challenge, popup: Popup | null, runState = run()) {
  return follow(popup, world([account({ run: runState })], [of]), nothing);
}

describe('the popup', () => {
  it('opens for an open challenge, and for none that is answered', () => {
    expect(said(challenge(), null).popup).toEqual(asking(challenge()));
    expect(said(challenge({ state: 'CHECKING' }), null).popup).toBeNull();
  });

  it('asks one at a time, the one that runs out first first', () => {
    const soon = challenge({ id: 'soon', accountId: 'b', runId: 'b', deadline: '2026-01-01T10:01:00Z' });
    const both = world([account()], [challenge(), soon]);
    expect(waiting(both, nothing).map((one) => one.id)).toEqual(['soon', 'challenge-1']);
    expect(follow(null, both, nothing).popup?.challenge.id).toBe('soon');
    expect(follow(asking(challenge()), both, nothing).popup?.challenge.id).toBe('challenge-1');
  });

  const checking = challenge({ state: 'CHECKING', version: 2 });

  it('stays with Checking… where it was answered', () => {
    expect(said(checking, at({ at: 'sending', slow: 'no' })).popup).toEqual(at({ at: 'checking' }, checking));
    expect(said(checking, at({ at: 'checking' })).popup).toEqual(at({ at: 'checking' }, checking));
  });

  it('closes elsewhere, and says why', () => {
    expect(said(checking, at({ at: 'asking', note: null }))).toEqual({ popup: null, farewell: 'answered-elsewhere' });
  });

  it('closes when the code was accepted', () => {
    const accepted = challenge({ state: 'ENDED', outcome: 'ACCEPTED' });
    expect(said(accepted, at({ at: 'checking' }))).toEqual({ popup: null, farewell: 'accepted' });
  });

  it('waits for the next attempt after a refusal, then asks again with the words of the site', () => {
    const rejected = challenge({ state: 'REJECTED', rejected: { by: 'SITE', why: 'WRONG', words: 'Nope' } });
    const refused = said(rejected, at({ at: 'checking' })).popup!;
    expect(refused).toEqual(at({ at: 'refused', words: 'Nope' }, rejected));
    const second = challenge({
      id: 'challenge-2',
      attempt: 2,
      retryOf: 'challenge-1',
      wrongCodesLeft: 2,
      rejected: { by: 'SITE', why: 'WRONG', words: 'Nope' },
    });
    const next = follow(refused, world([account()], [rejected, second]), nothing).popup;
    expect(next).toEqual(
      at({ at: 'asking', note: { say: 'invalid-code', words: 'Nope', wrongCodesLeft: 2 } }, second),
    );
  });

  it('does not repeat what the site says in asking for the next code', () => {
    const rejected = { by: 'SITE', why: 'WRONG', words: 'Not right.' };
    const second = challenge({ id: 'challenge-2', attempt: 2, words: 'Not right.', rejected });
    expect(said(second, null).popup?.phase).toEqual({
      at: 'asking',
      note: { say: 'invalid-code', words: null, wrongCodesLeft: null },
    });
  });

  it('opens everywhere for a new attempt', () => {
    const second = challenge({ id: 'challenge-2', attempt: 2, rejected: { by: 'SITE', why: 'WRONG' } });
    expect(said(second, null).popup?.phase).toEqual({
      at: 'asking',
      note: { say: 'invalid-code', words: null, wrongCodesLeft: null },
    });
  });

  it('says why a run that was refused has ended', () => {
    const rejected = challenge({ state: 'REJECTED' });
    const failed = run({ state: 'FAILED', reason: 'LOGIN_FAILED', words: 'Locked' });
    expect(said(rejected, at({ at: 'refused', words: null }), failed).popup?.phase).toEqual({
      at: 'over',
      over: { why: 'RUN_FAILED', reason: 'LOGIN_FAILED', words: 'Locked', until: null },
    });
  });

  it.each([
    ['EXPIRED', 'asking', 'EXPIRED'],
    ['CLOSED', 'asking', 'UNKNOWN_CHALLENGE'],
    ['RUN_ENDED', 'checking', 'UNKNOWN_CHALLENGE'],
    ['CANCELLED', 'cancelling', 'CANCELLED'],
  ] as const)('shows the end %s to who is %s as %s', (outcome, phase, why) => {
    const before = at(phase === 'asking' ? { at: 'asking', note: null } : { at: phase });
    expect(said(challenge({ state: 'ENDED', outcome }), before).popup?.phase).toEqual({ at: 'over', over: { why } });
  });

  it('closes in the other tabs when it was cancelled in one', () => {
    const cancelled = challenge({ state: 'ENDED', outcome: 'CANCELLED' });
    expect(said(cancelled, at({ at: 'asking', note: null }))).toEqual({ popup: null, farewell: 'cancelled-elsewhere' });
  });

  it('closes without a word when the run ended well', () => {
    const ended = challenge({ state: 'ENDED', outcome: 'RUN_ENDED' });
    expect(said(ended, at({ at: 'checking' }), run({ state: 'DONE' })).popup).toBeNull();
  });

  it('keeps an end on the screen until it is closed, and gives way to a new request of the account', () => {
    const end = at({ at: 'over', over: { why: 'EXPIRED' } }, challenge({ state: 'ENDED', outcome: 'EXPIRED' }));
    expect(said(end.challenge, end).popup).toBe(end);
    const again = challenge({ id: 'challenge-9', runId: 'run-9' });
    expect(follow(end, world([account()], [end.challenge, again]), nothing).popup).toEqual(asking(again));
  });

  it('learns why the run ended after the challenge has', () => {
    const end = at({ at: 'over', over: { why: 'UNKNOWN_CHALLENGE' } });
    const failed = run({ state: 'FAILED', reason: 'USER_ACTION_NEEDED.SITE_EXPIRED' });
    expect(said(challenge({ state: 'ENDED', outcome: 'CLOSED' }), end, failed).popup?.phase).toMatchObject({
      over: { why: 'RUN_FAILED', reason: 'USER_ACTION_NEEDED.SITE_EXPIRED' },
    });
  });

  it('says that a newer code was sent when the round moves', () => {
    const resent = challenge({ round: 2, version: 2 });
    expect(said(resent, at({ at: 'asking', note: null })).popup).toEqual(
      at({ at: 'asking', note: { say: 'superseded' } }, resent),
    );
  });

  it.each([
    ['resend', 'DELIVERED', { at: 'asking', note: { say: 'wished', wish: 'resend' } }],
    ['method', 'PENDING', { at: 'asking', note: { say: 'wished', wish: 'method' } }],
    ['resend', 'SUPERSEDED', { at: 'asking', note: { say: 'wished', wish: 'resend' } }],
    ['extend', 'DELIVERED', { at: 'asking', note: { say: 'more-time' } }],
    ['extend', 'MALFORMED', { at: 'asking', note: { say: 'wish-failed', detail: null } }],
    ['resend', 'TOO_LATE', { at: 'over', over: { why: 'TOO_LATE' } }],
    ['method', 'ALREADY_ANSWERED', { at: 'over', over: { why: 'ALREADY_ANSWERED' } }],
    ['extend', 'CANCELLED', { at: 'over', over: { why: 'CANCELLED' } }],
  ] as const)('makes of %s and %s: %j', (wish, verdict, phase) => {
    expect(granted(at({ at: 'asking', note: null }), wish, verdict).phase).toEqual(phase);
  });

  it('lets one wish be said in a round', () => {
    const popup = at({ at: 'asking', note: null });
    expect(canWish(popup)).toBe(true);
    expect(canWish(granted(popup, 'resend', 'DELIVERED'))).toBe(false);
    expect(canWish(granted(popup, 'extend', 'DELIVERED'))).toBe(true);
    const next = follow(granted(popup, 'resend', 'DELIVERED'), world([account()], [challenge({ round: 2 })]), nothing);
    expect(canWish(next.popup!)).toBe(true);
  });

  it('offers more time only where there is some', () => {
    expect(isExtendable(challenge())).toBe(false);
    expect(isExtendable(challenge({ extendableTo: '2026-01-01T10:03:00Z' }))).toBe(false);
    expect(isExtendable(challenge({ extendableTo: '2026-01-01T10:03:00.001Z' }))).toBe(true);
  });

  it('does not open again what was put aside', () => {
    expect(follow(null, world([account()], [challenge()]), new Set(['challenge-1'])).popup).toBeNull();
  });

  it.each([
    ['DELIVERED', { at: 'checking' }],
    ['SUPERSEDED', { at: 'asking', note: { say: 'superseded' } }],
    ['MALFORMED', { at: 'asking', note: { say: 'format', error: { error: 'empty' } } }],
    ['TOO_LATE', { at: 'over', over: { why: 'TOO_LATE' } }],
    ['CANCELLED', { at: 'over', over: { why: 'CANCELLED' } }],
    ['ALREADY_ANSWERED', { at: 'over', over: { why: 'ALREADY_ANSWERED' } }],
    ['UNKNOWN_CHALLENGE', { at: 'over', over: { why: 'UNKNOWN_CHALLENGE' } }],
    ['SOMETHING_NEW', { at: 'over', over: { why: 'UNKNOWN_CHALLENGE' } }],
  ])('makes of the verdict %s: %j', (verdict, phase) => {
    const sending = at({ at: 'sending', slow: 'no' });
    expect(judged(sending, verdict, { error: 'empty' }).phase).toEqual(phase);
  });
});
