import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from '../live/instance.ts';
import { asClock, left } from '../popup/countdown.ts';

/** The time left until a deadline, by the server's clock. */
@customElement('kt-countdown')
export class KtCountdown extends LitElement {
  static override styles = css`
    :host {
      font-variant-numeric: tabular-nums;
    }
  `;

  @property() deadline = '';
  private ticking: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.ticking = setInterval(() => this.requestUpdate(), 250);
  }

  override disconnectedCallback(): void {
    clearInterval(this.ticking);
    super.disconnectedCallback();
  }

  override render() {
    return html`<time role="timer" aria-live="off">${asClock(left(this.deadline, live.clock.now()))}</time>`;
  }
}
