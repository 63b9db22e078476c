import type { StreamEvent } from '../api/types.ts';
import { MessageCutter } from './sse.ts';

/** Home's heartbeat comes each 10 s; a stream that is silent for two of them is taken for dead. */
export const SILENCE = 21_000;
const FIRST_ANSWER = 8_000;

export interface StreamListener {
  event(event: StreamEvent): void;
  /** The stream broke, or did not come about. */
  lost(): void;
  /** Nobody is signed in (any more). */
  signedOut(): void;
}

const KNOWN = new Set(['snapshot', 'account', 'account-removed', 'challenge', 'connectors', 'heartbeat', 'bye']);

/** The one connection to Home's stream; connects anew by itself until it is closed. */
export class LiveStream {
  private abort: AbortController | null = null;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private closed = false;
  private connectedAt = 0;

  constructor(private readonly listener: StreamListener) {}

  /** Connects, or connects anew. */
  connect(): void {
    this.hangUp();
    if (this.closed) return;
    const abort = new AbortController();
    this.abort = abort;
    this.connectedAt = Date.now();
    this.expectWithin(FIRST_ANSWER);
    void this.read(abort);
  }

  /** Connects anew, but not twice in a second: many tabs may ask for it at once. */
  reconnect(): void {
    if (Date.now() - this.connectedAt >= 1_000) this.connect();
  }

  close(): void {
    this.closed = true;
    this.hangUp();
  }

  private hangUp(): void {
    clearTimeout(this.silence);
    clearTimeout(this.retry);
    this.abort?.abort();
    this.abort = null;
  }

  private expectWithin(milliseconds: number): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.broke(), milliseconds);
  }

  private broke(): void {
    this.hangUp();
    if (this.closed) return;
    this.listener.lost();
    const wait = Math.min(10_000, 500 * 2 ** this.failures) * (0.75 + Math.random() / 2);
    this.failures += 1;
    this.retry = setTimeout(() => this.connect(), wait);
  }

  private over(): void {
    this.close();
    this.listener.signedOut();
  }

  private async read(abort: AbortController): Promise<void> {
    try {
      const response = await fetch('/api/stream', {
        headers: { Accept: 'text/event-stream' },
        credentials: 'same-origin',
        cache: 'no-store',
        signal: abort.signal,
      });
      if (abort !== this.abort) return;
      if (response.status === 401) return this.over();
      if (!response.ok || response.body === null) return this.broke();
      await this.readBody(abort, response.body);
      if (abort === this.abort) this.broke();
    } catch {
      // Whatever went wrong on the way, the answer is the same: say so and connect anew.
      if (abort === this.abort) this.broke();
    }
  }

  private async readBody(abort: AbortController, body: ReadableStream<Uint8Array>): Promise<void> {
    const reader = body.getReader();
    const decoder = new TextDecoder();
    const cutter = new MessageCutter();
    for (;;) {
      const { done, value } = await reader.read();
      if (done || abort !== this.abort) return;
      this.expectWithin(SILENCE);
      for (const { event, data } of cutter.feed(decoder.decode(value, { stream: true }))) {
        if (!KNOWN.has(event)) continue;
        this.failures = 0;
        const said = { ...(JSON.parse(data) as object), type: event } as StreamEvent;
        if (said.type === 'bye') return this.over();
        this.listener.event(said);
      }
    }
  }
}
