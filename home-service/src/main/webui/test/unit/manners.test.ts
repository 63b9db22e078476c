import { describe, expect, it } from 'vitest';
import { ignoresEnter, waitForPause } from '../../src/popup/manners.ts';

describe('the manners of the popup', () => {
  it('comes at once where nobody edits, or nobody has typed', () => {
    expect(waitForPause(false, 9_999, 10_000)).toBe(0);
    expect(waitForPause(true, null, 10_000)).toBe(0);
  });

  it('waits for two seconds without a key', () => {
    expect(waitForPause(true, 9_000, 10_000)).toBe(1_000);
    expect(waitForPause(true, 8_001, 10_000)).toBe(1);
    expect(waitForPause(true, 8_000, 10_000)).toBe(0);
  });

  it('ignores Enter in its first second only', () => {
    expect(ignoresEnter(1_000, 1_999)).toBe(true);
    expect(ignoresEnter(1_000, 2_000)).toBe(false);
  });
});
