import type { Challenge } from '../api/types.ts';
import type { World } from '../live/store.ts';
import type { FormatError } from './code.ts';

/** What the line under the field says. */
export type Note =
  | { say: 'invalid-code'; words: string | null; wrongCodesLeft: number | null }
  | { say: 'format'; error: FormatError }
  | { say: 'superseded' }
  | { say: 'failed'; detail: string }
  | { say: 'wished'; wish: 'resend' | 'method' }
  | { say: 'more-time' }
  | { say: 'wish-failed'; detail: string | null }
  | { say: 'cancel-failed' };

/** What a person can ask for beside giving a code. */
export type Wish = 'resend' | 'method' | 'extend';

/** Why a challenge is over, as the person in front of it reads it. */
export type Over =
  | { why: 'EXPIRED' | 'TOO_LATE' | 'CANCELLED' | 'ALREADY_ANSWERED' | 'UNKNOWN_CHALLENGE' }
  | { why: 'RUN_FAILED'; reason: string | null; words: string | null; until: string | null };

/**
 * Where the popup stands.
 *
 *     asking --submit--> sending --DELIVERED--> checking --refused--> refused --next attempt--> asking
 *        ^                  |                       |                    |
 *        +---format, round--+                       +----- accepted -----+----> (closed) or over
 */
export type Phase =
  | { at: 'asking'; note: Note | null }
  | { at: 'sending'; slow: 'no' | 'pending' | 'offline' }
  | { at: 'checking' }
  | { at: 'refused'; words: string | null }
  | { at: 'cancelling' }
  | { at: 'over'; over: Over };

export interface Popup {
  challenge: Challenge;
  phase: Phase;
}

/** What is said beside the popup when it closes by itself. */
export type Farewell = 'accepted' | 'answered-elsewhere' | 'cancelled-elsewhere' | null;

export interface Step {
  popup: Popup | null;
  farewell: Farewell;
}

/** Open challenges that ask for something, in the order in which they run out. */
export function waiting(world: World, putAside: ReadonlySet<string>): Challenge[] {
  return Object.values(world.challenges)
    .filter((one) => one.state === 'OPEN' && !putAside.has(one.id))
    .sort((a, b) => a.deadline.localeCompare(b.deadline) || a.id.localeCompare(b.id));
}

export function asking(challenge: Challenge): Popup {
  const rejected = challenge.rejected ?? null;
  const note: Note | null =
    rejected === null
      ? null
      : {
          say: 'invalid-code',
          words: unsaid(rejected.words, challenge),
          wrongCodesLeft: challenge.wrongCodesLeft ?? null,
        };
  return { challenge, phase: { at: 'asking', note } };
}

/** What the site said of the last code, unless it says just that in asking for the next. */
function unsaid(words: string | undefined | null, challenge: Challenge): string | null {
  return words == null || words === challenge.words ? null : words;
}

function first(world: World, putAside: ReadonlySet<string>): Popup | null {
  const next = waiting(world, putAside)[0];
  return next === undefined ? null : asking(next);
}

/** The next attempt of the same run, if it is there. */
function successor(world: World, of: Challenge): Challenge | undefined {
  return Object.values(world.challenges).find(
    (one) =>
      one.state === 'OPEN' &&
      one.id !== of.id &&
      (one.retryOf === of.id || (one.runId === of.runId && one.attempt > of.attempt)),
  );
}

/** Whether the answer came from this page: then it stays until the code counts as accepted or refused. */
function isMine(phase: Phase): boolean {
  return phase.at === 'sending' || phase.at === 'checking' || phase.at === 'refused' || phase.at === 'cancelling';
}

function over(challenge: Challenge, why: Over): Popup {
  return { challenge, phase: { at: 'over', over: why } };
}

function runFailure(world: World, challenge: Challenge): Over | null {
  const run = world.accounts[challenge.accountId]?.run;
  if (run == null || run.id !== challenge.runId || run.state !== 'FAILED') return null;
  return { why: 'RUN_FAILED', reason: run.reason ?? null, words: run.words ?? null, until: run.until ?? null };
}

function runEndedWell(world: World, challenge: Challenge): boolean {
  const run = world.accounts[challenge.accountId]?.run;
  return run != null && run.id === challenge.runId && run.state === 'DONE';
}

/** What the popup shows now that the stream has said `world`. Knows no clock: deadlines are the server's to call. */
export function follow(popup: Popup | null, world: World, putAside: ReadonlySet<string>): Step {
  if (popup === null) return { popup: first(world, putAside), farewell: null };
  const next = successor(world, popup.challenge);
  if (next !== undefined) return { popup: asking(next), farewell: null };
  if (popup.phase.at === 'over') return { popup: restarted(popup, world), farewell: null };
  const challenge = world.challenges[popup.challenge.id] ?? popup.challenge;
  switch (challenge.state) {
    case 'OPEN':
      return { popup: stillOpen(popup, challenge), farewell: null };
    case 'CHECKING':
      return isMine(popup.phase)
        ? { popup: answered(popup, challenge), farewell: null }
        : { popup: first(world, putAside), farewell: 'answered-elsewhere' };
    case 'REJECTED':
      return refused(popup, challenge, world, putAside);
    case 'ENDED':
      return ended(popup, challenge, world, putAside);
  }
}

/** An end that is shown gives way when the same account asks anew, and to a better reason when that is known. */
function restarted(popup: Popup, world: World): Popup {
  const again = Object.values(world.challenges).find(
    (one) =>
      one.state === 'OPEN' && one.accountId === popup.challenge.accountId && one.runId !== popup.challenge.runId,
  );
  if (again !== undefined) return asking(again);
  const vague = popup.phase.at === 'over' && popup.phase.over.why === 'UNKNOWN_CHALLENGE';
  const failure = vague ? runFailure(world, popup.challenge) : null;
  return failure === null ? popup : over(popup.challenge, failure);
}

/** A new round makes what is typed worthless, and says so. */
function stillOpen(popup: Popup, challenge: Challenge): Popup {
  const newRound = challenge.round > popup.challenge.round && popup.phase.at === 'asking';
  return newRound
    ? { challenge, phase: { at: 'asking', note: { say: 'superseded' } } }
    : { challenge, phase: popup.phase };
}

function answered(popup: Popup, challenge: Challenge): Popup {
  return popup.phase.at === 'cancelling' || popup.phase.at === 'refused'
    ? { challenge, phase: popup.phase }
    : { challenge, phase: { at: 'checking' } };
}

function refused(popup: Popup, challenge: Challenge, world: World, putAside: ReadonlySet<string>): Step {
  if (!isMine(popup.phase)) return { popup: first(world, putAside), farewell: null };
  const failure = runFailure(world, challenge);
  if (failure !== null) return { popup: over(challenge, failure), farewell: null };
  const words = challenge.rejected?.words ?? null;
  return { popup: { challenge, phase: { at: 'refused', words } }, farewell: null };
}

function ended(popup: Popup, challenge: Challenge, world: World, putAside: ReadonlySet<string>): Step {
  const mine = isMine(popup.phase);
  switch (challenge.outcome) {
    case 'ACCEPTED':
      return { popup: first(world, putAside), farewell: mine ? 'accepted' : null };
    case 'EXPIRED':
      return { popup: over(challenge, { why: 'EXPIRED' }), farewell: null };
    case 'CANCELLED':
      return popup.phase.at === 'cancelling'
        ? { popup: over(challenge, { why: 'CANCELLED' }), farewell: null }
        : { popup: first(world, putAside), farewell: 'cancelled-elsewhere' };
    default:
      if (runEndedWell(world, challenge)) return { popup: first(world, putAside), farewell: null };
      return {
        popup: over(challenge, runFailure(world, challenge) ?? { why: 'UNKNOWN_CHALLENGE' }),
        farewell: null,
      };
  }
}

/** What a verdict makes of the popup that wished for another message, another method or more time. */
export function granted(popup: Popup, wish: Wish, verdict: string): Popup {
  const { challenge } = popup;
  switch (verdict) {
    case 'DELIVERED':
    case 'PENDING':
    case 'SUPERSEDED':
      return { challenge, phase: { at: 'asking', note: wishNote(wish) } };
    case 'MALFORMED':
      return { challenge, phase: { at: 'asking', note: { say: 'wish-failed', detail: null } } };
    default:
      return judged(popup, verdict, { error: 'empty' });
  }
}

/** What is said while a wish is on its way. Somebody else's was first where it is not one's own: the same comes of it. */
export function wishNote(wish: Wish): Note {
  return wish === 'extend' ? { say: 'more-time' } : { say: 'wished', wish };
}

/** Whether a note says that something is wrong, or only what goes on. */
export function isWrong(note: Note): boolean {
  return note.say !== 'wished' && note.say !== 'more-time' && note.say !== 'superseded';
}

/** Whether the site can be asked for another message or method in this round: the first wish counts. */
export function canWish(popup: Popup): boolean {
  return popup.phase.at === 'asking' && popup.phase.note?.say !== 'wished';
}

/** Whether there is more time to be had. */
export function isExtendable(challenge: Challenge): boolean {
  return challenge.extendableTo != null && Date.parse(challenge.extendableTo) > Date.parse(challenge.deadline);
}

/** What a verdict of this page's own submission makes of the popup. PENDING is not for here: it is asked again. */
export function judged(popup: Popup, verdict: string, error: FormatError): Popup {
  const { challenge } = popup;
  switch (verdict) {
    case 'DELIVERED':
      return { challenge, phase: { at: 'checking' } };
    case 'SUPERSEDED':
      return { challenge, phase: { at: 'asking', note: { say: 'superseded' } } };
    case 'MALFORMED':
      return { challenge, phase: { at: 'asking', note: { say: 'format', error } } };
    case 'TOO_LATE':
    case 'CANCELLED':
    case 'ALREADY_ANSWERED':
      return over(challenge, { why: verdict });
    default:
      return over(challenge, { why: 'UNKNOWN_CHALLENGE' });
  }
}
