import type { Challenge } from '../api/types.ts';
import type { Messages } from '../messages/index.ts';
import { reasonWords } from '../messages/words.ts';
import type { FormatError } from './code.ts';
import type { Note, Over, Phase, Popup } from './popup.ts';

export function titleWords({ challenge, phase }: Popup, messages: Messages): string {
  const { popup } = messages;
  if (phase.at === 'over') return popup.titleOver(challenge.connectorName);
  switch (challenge.type) {
    case 'CHOICE':
      return popup.titleChoice(challenge.connectorName);
    case 'SECURITY_QUESTION':
      return popup.titleQuestion(challenge.connectorName);
    case 'APPROVAL':
      return popup.titleApproval(challenge.connectorName);
    default:
      return popup.title(challenge.connectorName);
  }
}

export function promptWords(challenge: Challenge, messages: Messages): string {
  const prompts: Record<string, string> = messages.popup.prompts;
  return prompts[challenge.type] ?? messages.popup.prompts.OTHER;
}

/** What another kind of second factor is called on its button. */
export function methodWords(method: string, messages: Messages): string {
  const methods: Record<string, string> = messages.popup.methods;
  return methods[method] ?? messages.popup.methods.OTHER;
}

export function formatWords(error: FormatError, challenge: Challenge, messages: Messages): string {
  const { popup } = messages;
  switch (error.error) {
    case 'digits':
      return error.length === null ? popup.enterSomeDigits : popup.enterDigits(error.length);
    case 'characters':
      return popup.enterCharacters(error.length);
    case 'too-long':
      return popup.tooLong(error.maxLength);
    case 'empty':
      return challenge.type === 'CHOICE' ? popup.chooseOne : popup.enterCode;
  }
}

function noteWords(note: Note, challenge: Challenge, messages: Messages): string {
  switch (note.say) {
    case 'invalid-code':
      return messages.popup.invalid;
    case 'format':
      return formatWords(note.error, challenge, messages);
    case 'superseded':
      return messages.verdicts.SUPERSEDED;
    case 'failed':
      return messages.popup.failed(note.detail);
    case 'wished':
      return note.wish === 'resend'
        ? messages.popup.sendingAgain(challenge.connectorName)
        : messages.popup.changingMethod(challenge.connectorName);
    case 'more-time':
      return messages.popup.moreTimeGiven;
    case 'wish-failed':
      return note.detail === null ? messages.popup.notOffered : messages.accounts.failed(note.detail);
    case 'cancel-failed':
      return messages.popup.cancelFailed;
  }
}

export function overWords(over: Over, messages: Messages): string {
  switch (over.why) {
    case 'EXPIRED':
      return messages.popup.expired;
    case 'RUN_FAILED':
      return over.reason === null ? messages.popup.runEnded : reasonWords(over.reason, messages, over.until);
    default:
      return messages.verdicts[over.why];
  }
}

/** The line that is also read aloud: what is wrong, what goes on, or how it ended. */
export function lineWords(phase: Phase, challenge: Challenge, messages: Messages): string {
  const { popup } = messages;
  switch (phase.at) {
    case 'asking':
      return phase.note === null ? '' : noteWords(phase.note, challenge, messages);
    case 'sending':
      return { no: popup.sending, pending: popup.pending, offline: popup.offline }[phase.slow];
    case 'checking':
      return popup.checking;
    case 'refused':
      return popup.oneMoment;
    case 'cancelling':
      return popup.cancelling;
    case 'over':
      return overWords(phase.over, messages);
  }
}

/** What the site said about the refused code, if it said anything. */
export function siteWordsAbout(phase: Phase): string | null {
  if (phase.at === 'asking') return phase.note?.say === 'invalid-code' ? phase.note.words : null;
  if (phase.at === 'refused') return phase.words;
  return phase.at === 'over' && phase.over.why === 'RUN_FAILED' ? phase.over.words : null;
}
