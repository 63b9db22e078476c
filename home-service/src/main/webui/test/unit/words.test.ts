import { describe, expect, it } from 'vitest';
import type { TimelineEntry } from '../../src/api/types.ts';
import { en } from '../../src/messages/en.ts';
import { fr } from '../../src/messages/fr.ts';
import { messagesFor } from '../../src/messages/index.ts';
import { duration, pausedWords, reasonWords, wantsCredentials } from '../../src/messages/words.ts';
import { formatWords, lineWords, promptWords } from '../../src/popup/words.ts';
import { quoted, sentence, sincePrevious } from '../../src/timeline/sentences.ts';
import { challenge } from './samples.ts';

function entry(type: string, data: Record<string, unknown> = {}, at = '2026-01-01T10:00:00Z'): TimelineEntry {
  return { position: 1, type, at, runId: 'run-1', late: false, data };
}

describe('the words', () => {
  it('are those of the language that the person reads', () => {
    expect(messagesFor(['de-DE', 'fr-FR', 'en'])).toBe(fr);
    expect(messagesFor(['ja'])).toBe(en);
    expect(messagesFor([])).toBe(en);
  });

  it('for a code are those of its type', () => {
    expect(promptWords(challenge({ type: 'SMS' }), en)).toBe('Enter the code sent to you by SMS');
    expect(promptWords(challenge({ type: 'EMAIL' }), fr)).toBe('Saisissez le code qui vous a été envoyé par e-mail');
    expect(promptWords(challenge({ type: 'APP_CODE' }), en)).toBe('Enter the one-time code from your app');
    expect(promptWords(challenge({ type: 'TELEPATHY' }), en)).toBe('Enter the code that the site asks for');
  });

  it('for a wrong form and a wrong code are the known ones', () => {
    expect(formatWords({ error: 'digits', length: 6 }, challenge(), en)).toBe('Enter the 6 digits of the code.');
    expect(formatWords({ error: 'digits', length: 6 }, challenge(), fr)).toBe('Saisissez les 6 chiffres du code.');
    const note = { say: 'invalid-code', words: null, wrongCodesLeft: null } as const;
    expect(lineWords({ at: 'asking', note }, challenge(), en)).toBe('Invalid code, please re-enter.');
    expect(lineWords({ at: 'checking' }, challenge(), fr)).toBe('Vérification…');
    expect(lineWords({ at: 'sending', slow: 'pending' }, challenge(), en)).toBe(
      'Still sending. Your code is not lost.',
    );
    expect(lineWords({ at: 'over', over: { why: 'EXPIRED' } }, challenge(), en)).toMatch(
      /^Authentication renewal required\./,
    );
  });

  it('for a reason are those of its longest known prefix', () => {
    expect(reasonWords('LOGIN_FAILED.NEEDS_SECRET', en)).toBe(en.reasons['LOGIN_FAILED.NEEDS_SECRET']);
    expect(reasonWords('LOGIN_FAILED.BRAND_NEW.THING', en)).toBe(en.reasons.LOGIN_FAILED);
    expect(reasonWords('WHO_KNOWS', en)).toBe(en.reasons.UNKNOWN_ERROR);
    expect(reasonWords('USER_ACTION_NEEDED.ATTEMPTS_SPENT', en, '2026-01-01T10:00:00Z')).toMatch(/again at /);
    expect(reasonWords('USER_ACTION_NEEDED.WRONG_TWOFA_CODE', en, '2026-01-01T10:00:00Z')).toMatch(
      /^The code was wrong\..* You can try again at /,
    );
    expect(pausedWords('SOMETHING', en)).toBe('Held back: SOMETHING');
  });

  it('know when new credentials are what helps', () => {
    expect(wantsCredentials('LOGIN_FAILED')).toBe(true);
    expect(wantsCredentials('USER_ACTION_NEEDED.CHANGE_PASSWORD')).toBe(true);
    expect(wantsCredentials('LOGIN_FAILED.TOO_MANY_ATTEMPTS')).toBe(false);
    expect(wantsCredentials('VENDOR_DOWN')).toBe(false);
    expect(wantsCredentials(null)).toBe(false);
  });
});

describe('the timeline', () => {
  it.each([
    ['RunQueued', { trigger: 'MANUAL' }, 'The run was put into the queue.'],
    ['RunQueued', { trigger: 'SCHEDULED' }, 'The schedule put a run into the queue.'],
    ['TwoFaRequested', { type: 'SMS', destination: '••42', attempt: 1 }, 'The site asked for the code from a text message (••42).'],
    ['TwoFaRequested', { type: 'APP_CODE', attempt: 2 }, 'The site asked for the code of the authenticator app, attempt 2.'],
    ['TwoFaRejected', { by: 'SITE' }, 'The site refused the code.'],
    ['TwoFaRejected', { by: 'WORKER' }, 'The code could not be used; the site was not asked.'],
    ['TwoFaCodeTurnedAway', { verdict: 'TOO_LATE' }, 'A code was turned away: The time to enter the code ran out.'],
    ['DocumentSaved', { name: 'May.pdf' }, 'Saved “May.pdf”.'],
    ['RunFailed', { reason: 'VENDOR_DOWN' }, `The run ended: ${en.reasons.VENDOR_DOWN}`],
    ['Unheard', {}, 'Event Unheard.'],
  ])('says of %s %j: %s', (type, data, words) => {
    expect(sentence(entry(type, data), en)).toBe(words);
  });

  it.each(['CredentialsSaved', 'CredentialsRefused', 'SessionForgotten', 'AccountErased'])('knows %s, in French too', (type) => {
    expect(sentence(entry(type), en)).not.toContain(type);
    expect(sentence(entry(type), fr)).not.toBe(sentence(entry(type), en));
  });

  it('quotes the site, and says how long each stage took', () => {
    expect(quoted(entry('TwoFaRejected', { words: 'Nope' }))).toBe('Nope');
    expect(quoted(entry('TwoFaRejected'))).toBeNull();
    const entries = [entry('A'), entry('B', {}, '2026-01-01T10:00:02.400Z')];
    expect(sincePrevious(entries, 0)).toBeNull();
    expect(duration(sincePrevious(entries, 1)!)).toBe('2.4 s');
    expect(duration(340)).toBe('340 ms');
    expect(duration(65_000)).toBe('1:05 min');
  });
});
