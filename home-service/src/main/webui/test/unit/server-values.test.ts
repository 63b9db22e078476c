import { describe, expect, it } from 'vitest';
import type { Outcome, TimelineEntry } from '../../src/api/types.ts';
import { en } from '../../src/messages/en.ts';
import { fr } from '../../src/messages/fr.ts';
import type { Messages } from '../../src/messages/index.ts';
import { credentialsWords, pausedWords, reasonWords, refusedWords, statusWords, verdictWords } from '../../src/messages/words.ts';
import { asking, follow, judged } from '../../src/popup/popup.ts';
import { lineWords, promptWords } from '../../src/popup/words.ts';
import { sentence } from '../../src/timeline/sentences.ts';
import values from '../server-values.json' with { type: 'json' };
import { account, challenge, run, world } from './samples.ts';

const languages: [string, Messages][] = [
  ['English', en],
  ['French', fr],
];

const entry = (type: string, data: Record<string, unknown> = {}): TimelineEntry => ({
  position: 1, type, at: '2026-01-01T10:00:00Z', runId: 'run-1', late: false, data,
});

/** Words of its own, in each language others, and not the value itself. */
function said(value: string, words: (messages: Messages) => string, unknown: (messages: Messages) => string): void {
  for (const [language, messages] of languages) {
    expect(words(messages), `${value} in ${language}`).not.toBe('');
    expect(words(messages), `${value} in ${language}`).not.toBe(value);
    expect(words(messages), `${value} in ${language}`).not.toBe(unknown(messages));
  }
  expect(words(en), value).not.toBe(words(fr));
}

/** The server's own values, as its tests wrote them down: one that is new there must have words here. */
describe('there are words for each', () => {
  it.each([...values.accountStatus, ...values.runState])('status %s', (status) => {
    said(status, (m) => statusWords(status, m), () => status);
  });

  it.each(values.credentials)('place of credentials %s', (where) => {
    said(where, (m) => credentialsWords(where, m), () => where);
  });

  it.each(values.refused)('refusal %s of credentials, with its field and without', (why) => {
    said(why, (m) => refusedWords(why, null, m), (m) => refusedWords('UNHEARD', null, m));
    if (/FIELD|FORMAT/.test(why)) for (const [, m] of languages) expect(refusedWords(why, 'login', m)).toContain('login');
  });

  it.each(values.paused)('pause %s', (why) => {
    said(why, (m) => pausedWords(why, m), (m) => m.paused.OTHER(why));
  });

  it.each(values.verdict)('verdict %s', (verdict) => {
    said(verdict, (m) => verdictWords(verdict, m), () => verdict);
    for (const [, m] of languages) {
      const { phase } = judged(asking(challenge()), verdict, { error: 'empty' });
      expect(lineWords(phase, challenge(), m)).not.toBe('');
    }
  });

  it.each(values.reason)('reason %s', (reason) => {
    const words: Record<string, string>[] = [en.reasons, fr.reasons];
    for (const known of words) expect(Object.keys(known)).toContain(reason);
    expect(reasonWords(reason, en)).not.toBe(reasonWords(reason, fr));
  });

  it.each(values.factor)('second factor %s', (type) => {
    said(type, (m) => promptWords(challenge({ type }), m), (m) => m.popup.prompts.OTHER);
    said(type, (m) => sentence(entry('TwoFaRequested', { type }), m), (m) => sentence(entry('TwoFaRequested', { type: 'OTHER' }), m));
  });

  it.each(values.timeline)('fact %s', (type) => {
    said(type, (m) => sentence(entry(type), m), (m) => m.timeline.other(type));
  });

  it.each(values.outcome as Outcome[])('end %s of a challenge', (outcome) => {
    const open = challenge();
    const ended = challenge({ state: 'ENDED', outcome, version: 2 });
    const failed = account({ status: 'FAILED', run: run({ state: 'FAILED', reason: 'VENDOR_DOWN' }) });
    const { popup, farewell } = follow({ challenge: open, phase: { at: 'checking' } }, world([failed], [ended]), new Set());
    const words = popup === null ? (farewell ?? '') : lineWords(popup.phase, ended, en);
    expect(words).not.toBe('');
  });
});
