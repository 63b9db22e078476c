import type { TimelineEntry } from '../api/types.ts';
import type { Messages } from '../messages/index.ts';
import { reasonWords, verdictWords } from '../messages/words.ts';

function text(entry: TimelineEntry, field: string): string {
  const value = entry.data[field];
  return typeof value === 'string' ? value : '';
}

function number(entry: TimelineEntry, field: string): number {
  const value = entry.data[field];
  return typeof value === 'number' ? value : 0;
}

function typeWords(entry: TimelineEntry, messages: Messages): string {
  const types: Record<string, string> = messages.timeline.codeBy;
  return types[text(entry, 'type')] ?? messages.timeline.codeBy.OTHER;
}

/** One readable sentence for a fact of a run; an unknown fact is named, never hidden. */
export function sentence(entry: TimelineEntry, messages: Messages): string {
  const t = messages.timeline;
  switch (entry.type) {
    case 'RunQueued':
      return text(entry, 'trigger') === 'SCHEDULED' ? t.queuedBySchedule : t.queued;
    case 'LoginStarted':
      return t.loginStarted;
    case 'AutoSuccessDisabled':
      return t.autoSuccessDisabled;
    case 'TwoFaRequested':
      return t.requested(typeWords(entry, messages), text(entry, 'destination'), number(entry, 'attempt'));
    case 'TwoFaResent':
      return t.resent;
    case 'TwoFaAnswered':
      return t.answered;
    case 'TwoFaRejected':
      return text(entry, 'by') === 'WORKER' ? t.rejectedByWorker : t.rejectedBySite;
    case 'TwoFaExtended':
      return t.extended;
    case 'TwoFaExpired':
      return t.expired;
    case 'TwoFaCancelled':
      return t.cancelled;
    case 'TwoFaClosed':
      return t.closed;
    case 'TwoFaCodeTurnedAway':
      return t.turnedAway(verdictWords(text(entry, 'verdict'), messages));
    case 'LoginSucceeded':
      return t.loginSucceeded;
    case 'LoginFailed':
      return t.loginFailed(reasonWords(text(entry, 'reason'), messages));
    case 'DocumentSaved':
      return t.documentSaved(text(entry, 'name'));
    case 'RunAdopted':
      return t.adopted;
    case 'RunFinished':
      return t.finished;
    case 'RunFailed':
      return t.failed(reasonWords(text(entry, 'reason'), messages));
    case 'CredentialsSaved':
      return t.credentialsSaved;
    case 'CredentialsRefused':
      return t.credentialsRefused;
    case 'SessionForgotten':
      return t.sessionForgotten;
    case 'AccountErased':
      return t.accountErased;
    default:
      return t.other(entry.type);
  }
}

/** What the site itself said in this fact, which is shown as a quotation. */
export function quoted(entry: TimelineEntry): string | null {
  return text(entry, 'words') || null;
}

/** Milliseconds since the fact before it; null for the first. */
export function sincePrevious(entries: TimelineEntry[], index: number): number | null {
  const previous = entries[index - 1];
  const entry = entries[index];
  if (previous === undefined || entry === undefined) return null;
  return Math.max(0, Date.parse(entry.at) - Date.parse(previous.at));
}
