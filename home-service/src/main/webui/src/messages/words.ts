import type { Messages } from './en.ts';

/** Words for a reason: an open dotted string, of which the longest prefix that is known counts. */
export function reasonWords(reason: string, messages: Messages, until?: string | null): string {
  if (reason === 'USER_ACTION_NEEDED.ATTEMPTS_SPENT' && until != null) {
    return messages.attemptsSpentUntil(time(until, messages));
  }
  const words = knownWords(reason, messages);
  return until == null ? words : `${words} ${messages.tryAgainAt(time(until, messages))}`;
}

function knownWords(reason: string, messages: Messages): string {
  const known: Record<string, string> = messages.reasons;
  const parts = reason.split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const words = known[parts.slice(0, length).join('.')];
    if (words !== undefined) return words;
  }
  return messages.reasons.UNKNOWN_ERROR;
}

export function pausedWords(why: string, messages: Messages): string {
  const { OTHER, ...known } = messages.paused;
  return (known as Record<string, string>)[why] ?? OTHER(why);
}

/** Why credentials were not taken. */
export function refusedWords(why: string, field: string | null | undefined, messages: Messages): string {
  const known: Record<string, (field: string) => string> = messages.refused;
  return (known[why] ?? messages.refused.OTHER)(field ?? '');
}

/** Where the latest credentials are, if that is not said by why they were refused. */
export function credentialsWords(where: string, messages: Messages): string {
  switch (where) {
    case 'SENDING':
      return messages.accounts.credentialsSending;
    case 'SAVED':
      return messages.accounts.credentialsSaved;
    default:
      return messages.refused.OTHER();
  }
}

/** What became of a submission, in the timeline's words too. */
export function verdictWords(verdict: string, messages: Messages): string {
  const verdicts: Record<string, string> = messages.verdicts;
  return verdicts[verdict] ?? verdict;
}

export function statusWords(status: string, messages: Messages): string {
  const words: Record<string, string> = messages.status;
  return words[status] ?? status;
}

/** Whether new credentials are what helps. */
export function wantsCredentials(reason: string | null | undefined): boolean {
  if (reason == null || reason === 'LOGIN_FAILED.TOO_MANY_ATTEMPTS') return false;
  return reason.startsWith('LOGIN_FAILED') || reason === 'USER_ACTION_NEEDED.CHANGE_PASSWORD';
}

/** The person's own variant of the language in use, for dates and numbers. */
function locale(messages: Messages): string {
  const wanted = globalThis.navigator?.languages ?? [];
  return wanted.find((tag) => tag.toLowerCase().split('-')[0] === messages.language) ?? messages.language;
}

export function time(instant: string, messages: Messages): string {
  return new Date(instant).toLocaleTimeString(locale(messages), { hour: '2-digit', minute: '2-digit' });
}

export function timeWithSeconds(instant: string, messages: Messages): string {
  return new Date(instant).toLocaleTimeString(locale(messages), {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
}

export function dateAndTime(instant: string, messages: Messages): string {
  return new Date(instant).toLocaleString(locale(messages), { dateStyle: 'medium', timeStyle: 'short' });
}

export function size(bytes: number, messages: Messages): string {
  const units = ['byte', 'kilobyte', 'megabyte'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return new Intl.NumberFormat(locale(messages), {
    style: 'unit',
    unit: units[unit],
    unitDisplay: unit === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0,
  }).format(value);
}

/** A stage's duration, as short as it can be read: 340 ms, 2.4 s, 1:05. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1_000) return `${milliseconds} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} min`;
}
