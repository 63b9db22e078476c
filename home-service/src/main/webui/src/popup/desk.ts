import { api, ApiError } from '../api/client.ts';
import type { Challenge } from '../api/types.ts';
import type { Live } from '../live/live.ts';
import { sealCode } from '../seal/seal.ts';
import { uuid } from '../seal/able.ts';
import { formatError, normalised } from './code.ts';
import type { FormatError } from './code.ts';
import { follow, granted, judged, waiting, wishNote } from './popup.ts';
import type { Farewell, Phase, Popup, Wish } from './popup.ts';
import { submissionFor } from './submission.ts';
import type { Submission } from './submission.ts';

const ASK_AGAIN = 1_000;
/** How much more time one press gives, where the site has so much. */
const MORE_SECONDS = 120;

/** Keeps the popup of this page: follows the stream, sends what is typed, and asks again until there is a verdict. */
export class Desk {
  popup: Popup | null = null;

  private readonly putAside = new Set<string>();
  private readonly asked = new Set<string>();
  private last: (Submission & { sealed: string }) | null = null;

  constructor(
    private readonly live: Live,
    private readonly changed: () => void,
    private readonly farewell: (farewell: NonNullable<Farewell>, challenge: Challenge) => void,
  ) {}

  /** Call it whenever the stream has said something. */
  follow(): void {
    const before = this.popup;
    const step = follow(before, this.live.world, this.putAside);
    if (step.farewell !== null && before !== null) this.farewell(step.farewell, before.challenge);
    if (this.live.connection === 'live') this.askWhatBecameOf(step.popup);
    this.set(step.popup);
  }

  /** Forgets everything, for instance when the session ended. */
  clear(): void {
    this.putAside.clear();
    this.last = null;
    this.set(null);
  }

  /** How many others wait for an answer. */
  others(): number {
    return waiting(this.live.world, this.putAside).filter((one) => one.id !== this.popup?.challenge.id).length;
  }

  /** Checks, seals and sends; a wrong format is said before anything is sent. */
  async submit(typed: string): Promise<void> {
    const popup = this.popup;
    if (popup === null || popup.phase.at !== 'asking') return;
    const { challenge } = popup;
    const wrong = formatError(typed, challenge.format);
    if (wrong !== null) {
      this.phase(challenge, { at: 'asking', note: { say: 'format', error: wrong } });
      return;
    }
    this.phase(challenge, { at: 'sending', slow: 'no' });
    try {
      const submission = await this.sealed(challenge, normalised(typed, challenge.format));
      await this.sendUntilJudged(challenge, submission);
    } catch (cause) {
      const detail = cause instanceof Error ? cause.message : String(cause);
      this.phase(challenge, { at: 'asking', note: { say: 'failed', detail } });
    }
  }

  async cancel(): Promise<void> {
    const popup = this.popup;
    if (popup === null || popup.phase.at !== 'asking') return;
    const { challenge } = popup;
    this.phase(challenge, { at: 'cancelling' });
    try {
      const { verdict } = await api.cancelChallenge(challenge.id);
      if (this.isAt(challenge, 'cancelling')) this.set(judged(popup, verdict, formatOf(challenge)));
    } catch (cause) {
      const unknown = cause instanceof ApiError && cause.status === 404;
      if (unknown) this.set(judged(popup, 'UNKNOWN_CHALLENGE', formatOf(challenge)));
      else this.phase(challenge, { at: 'asking', note: { say: 'cancel-failed' } });
    }
  }

  resend(): Promise<void> {
    return this.wish('resend', ({ id, round }) => api.resend(id, round));
  }

  method(method: string): Promise<void> {
    return this.wish('method', ({ id, round }) => api.method(id, round, method));
  }

  moreTime(): Promise<void> {
    return this.wish('extend', ({ id }) => api.extend(id, MORE_SECONDS));
  }

  /** Asks for something beside the code; what comes of it is the next round, or a later deadline, on the stream. */
  private async wish(wish: Wish, ask: (challenge: Challenge) => Promise<{ verdict: string }>): Promise<void> {
    const popup = this.popup;
    if (popup === null || popup.phase.at !== 'asking') return;
    const { challenge } = popup;
    if (wish !== 'extend') this.phase(challenge, { at: 'asking', note: wishNote(wish) });
    try {
      const { verdict } = await ask(challenge);
      this.grant(challenge, wish, verdict);
    } catch (cause) {
      if (cause instanceof ApiError && cause.verdict !== undefined) return this.grant(challenge, wish, cause.verdict);
      const detail = cause instanceof Error ? cause.message : String(cause);
      if (this.isInRound(challenge)) this.phase(challenge, { at: 'asking', note: { say: 'wish-failed', detail } });
    }
  }

  private grant(challenge: Challenge, wish: Wish, verdict: string): void {
    if (this.popup === null || !this.isInRound(challenge)) return;
    this.set(granted(this.popup, wish, verdict));
    this.follow();
  }

  /** Whether the popup still asks the same: the next round says what came of a wish by itself. */
  private isInRound(challenge: Challenge): boolean {
    return this.isAt(challenge, 'asking') && this.popup?.challenge.round === challenge.round;
  }

  /** Puts away what is over. */
  close(): void {
    if (this.popup === null) return;
    this.putAside.add(this.popup.challenge.id);
    this.popup = null;
    this.follow();
    this.changed();
  }

  /** Leaves an answer that is being checked, since others wait. */
  next(): void {
    this.popup = null;
    this.follow();
  }

  private async sealed(challenge: Challenge, text: string): Promise<Submission & { sealed: string }> {
    const submission = submissionFor(this.last, challenge.id, challenge.round, text, uuid);
    if (this.last !== null && submission === this.last) return this.last;
    if (challenge.jwk == null) throw new Error('the request has no key to seal to');
    const sealed = await sealCode({ ...challenge.jwk }, challenge.id, challenge.round, text);
    this.last = { ...submission, sealed };
    return this.last;
  }

  private async sendUntilJudged(challenge: Challenge, submission: Submission & { sealed: string }): Promise<void> {
    const { submissionId, round, sealed } = submission;
    while (this.isAt(challenge, 'sending') || this.isAt(challenge, 'checking')) {
      let wait = ASK_AGAIN;
      try {
        const { verdict } = await api.code(challenge.id, { submissionId, round, sealed });
        if (verdict !== 'PENDING') return this.judge(challenge, verdict);
        this.slow(challenge, 'pending');
      } catch (cause) {
        if (!(cause instanceof ApiError)) throw cause;
        if (cause.verdict !== undefined) return this.judge(challenge, cause.verdict);
        if (cause.status !== 0 && cause.status < 500) throw cause;
        this.slow(challenge, 'offline');
        wait = (cause.retryAfterSeconds ?? 1) * 1_000;
      }
      await new Promise((again) => setTimeout(again, wait));
    }
  }

  private judge(challenge: Challenge, verdict: string): void {
    const current = this.popup;
    if (current === null || current.challenge.id !== challenge.id) return;
    if (current.phase.at !== 'sending' && current.phase.at !== 'checking') return;
    this.set(judged(current, verdict, formatOf(challenge)));
    this.follow();
  }

  private slow(challenge: Challenge, slow: 'pending' | 'offline'): void {
    if (this.isAt(challenge, 'sending')) this.phase(challenge, { at: 'sending', slow });
  }

  private isAt(challenge: Challenge, at: Phase['at']): boolean {
    return this.popup?.challenge.id === challenge.id && this.popup.phase.at === at;
  }

  private phase(challenge: Challenge, phase: Phase): void {
    if (this.popup?.challenge.id !== challenge.id) return;
    this.set({ challenge: this.popup.challenge, phase });
  }

  /** A challenge that a new snapshot does not name has ended while nobody listened: ask how. */
  private askWhatBecameOf(popup: Popup | null): void {
    if (popup === null || popup.phase.at === 'over') return;
    const { id } = popup.challenge;
    if (this.live.world.challenges[id] !== undefined) {
      this.asked.delete(id);
      return;
    }
    if (this.asked.has(id)) return;
    this.asked.add(id);
    api
      .challenge(id)
      .then((challenge) =>
        this.live.learn({ type: 'challenge', now: new Date(this.live.clock.now()).toISOString(), challenge }),
      )
      .catch((cause: unknown) => {
        this.asked.delete(id);
        if (!(cause instanceof ApiError) || cause.status !== 404 || this.popup?.challenge.id !== id) return;
        this.set(judged(this.popup, 'UNKNOWN_CHALLENGE', formatOf(popup.challenge)));
      });
  }

  private set(popup: Popup | null): void {
    if (popup === this.popup) return;
    this.popup = popup;
    this.changed();
  }
}

function formatOf(challenge: Challenge): FormatError {
  if (challenge.format?.kind === 'DIGITS') return { error: 'digits', length: challenge.format.length ?? null };
  return challenge.format?.length != null ? { error: 'characters', length: challenge.format.length } : { error: 'empty' };
}
