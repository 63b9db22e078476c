import { describe, expect, it } from 'vitest';
import { MessageCutter } from '../../src/live/sse.ts';

describe('a stream of messages', () => {
  it('is cut the same wherever it is broken', () => {
    const whole = 'event: heartbeat\r\ndata: {"now":1}\r\n\r\n:comment\n\nid: 4\nevent:account\ndata:a\ndata: b\n\n';
    const expected = [
      { event: 'heartbeat', data: '{"now":1}' },
      { event: 'account', data: 'a\nb' },
    ];
    expect(new MessageCutter().feed(whole)).toEqual(expected);
    for (let size = 1; size < 9; size += 1) {
      const cutter = new MessageCutter();
      const parts = whole.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
      expect(parts.flatMap((part) => cutter.feed(part))).toEqual(expected);
    }
  });

  it('keeps what is not complete', () => {
    const cutter = new MessageCutter();
    expect(cutter.feed('data: x\n')).toEqual([]);
    expect(cutter.feed('\n')).toEqual([{ event: 'message', data: 'x' }]);
  });
});
