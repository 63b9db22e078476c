import { describe, expect, it } from 'vitest';
import { ServerClock } from '../../src/live/clock.ts';
import { aboutToChange, asClock, left, spokenBetween } from '../../src/popup/countdown.ts';

describe('the countdown', () => {
  const deadline = '2026-01-01T10:03:00Z';
  const at = Date.parse(deadline);

  it.each([
    [at - 180_000, '3:00'],
    [at - 61_000, '1:01'],
    [at - 59_001, '1:00'],
    [at - 1, '0:01'],
    [at, '0:00'],
    [at + 5_000, '0:00'],
  ])('at %d says %s', (now, words) => {
    expect(asClock(left(deadline, now))).toBe(words);
  });

  it('goes by the server, however wrong the own clock is', () => {
    let own = 5_000;
    const clock = new ServerClock(() => own);
    clock.heard('2026-01-01T10:00:00Z');
    own += 60_000;
    expect(new Date(clock.now()).toISOString()).toBe('2026-01-01T10:01:00.000Z');
  });

  it('keeps its correction when it hears something that is no time', () => {
    const clock = new ServerClock(() => 0);
    clock.heard('2026-01-01T10:00:00Z');
    clock.heard('soon');
    expect(clock.now()).toBe(Date.parse('2026-01-01T10:00:00Z'));
  });

  it('speaks a moment once, when it is passed', () => {
    expect(spokenBetween(60_001, 60_000)).toBe(60);
    expect(spokenBetween(60_000, 59_000)).toBeNull();
    expect(spokenBetween(31_000, 9_000)).toBe(10);
    expect(spokenBetween(180_000, 170_000)).toBeNull();
  });

  it("advises to wait in the last four seconds of an authenticator's step, not before", () => {
    expect(aboutToChange(0)).toBe(false);
    expect(aboutToChange(26_000)).toBe(false);
    expect(aboutToChange(26_001)).toBe(true);
    expect(aboutToChange(29_999)).toBe(true);
    expect(aboutToChange(30_000)).toBe(false);
  });
});
