import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Status } from '../api/types.ts';
import { m } from '../messages/index.ts';
import { statusWords } from '../messages/words.ts';
import { base } from '../design/base.ts';
import './kt-countdown.ts';

type Tone = 'idle' | 'busy' | 'wait' | 'good' | 'bad';

const TONES: Record<Status, Tone> = {
  IDLE: 'idle',
  QUEUED: 'idle',
  CONNECTING: 'busy',
  PRESUMED: 'good',
  WAITING: 'wait',
  CHECKING: 'busy',
  CONNECTED: 'good',
  FETCHING: 'busy',
  FAILED: 'bad',
  PAUSED: 'wait',
};

/** An account's status in words and colour, with the time left while a code is awaited. */
@customElement('kt-status')
export class KtStatus extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: inline-block;
      }
      span {
        display: inline-flex;
        align-items: center;
        gap: 0.5rem;
        padding: 0.25rem 0.75rem;
        border-radius: 1rem;
        font-size: 0.875rem;
        font-weight: 560;
        background: var(--surface-2);
        color: var(--ink-2);
      }
      span::before {
        content: '';
        flex: none;
        width: 8px;
        height: 8px;
        border-radius: 50%;
        background: currentColor;
      }
      .busy {
        background: var(--busy-soft);
        color: var(--busy);
      }
      .busy::before {
        animation: breathe 1.4s ease-in-out infinite;
      }
      .wait {
        background: var(--wait-soft);
        color: var(--wait);
      }
      .good {
        background: var(--good-soft);
        color: var(--good);
      }
      .presumed::before {
        background: none;
        box-shadow: inset 0 0 0 2px currentColor;
      }
      .bad {
        background: var(--bad-soft);
        color: var(--bad);
      }
      kt-countdown {
        display: inline;
      }
      @keyframes breathe {
        50% {
          opacity: 0.25;
        }
      }
    `,
  ];

  @property() status: Status = 'IDLE';
  /** Until when a code is awaited, if one is. */
  @property() deadline: string | null = null;

  override render() {
    const tone = `${TONES[this.status] ?? 'idle'}${this.status === 'PRESUMED' ? ' presumed' : ''}`;
    return html`<span class=${tone}
      >${statusWords(this.status, m)}${this.status === 'WAITING' && this.deadline !== null
        ? html` · <kt-countdown .deadline=${this.deadline}></kt-countdown>`
        : nothing}</span
    >`;
  }
}
