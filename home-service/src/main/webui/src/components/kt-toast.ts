import { LitElement, css, html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { base } from '../design/base.ts';

const SAID_FOR = 6_000;

/** Says one sentence for a moment, politely. */
@customElement('kt-toast')
export class KtToast extends LitElement {
  static override styles = [
    base,
    css`
      div {
        position: fixed;
        inset: auto 1rem 1rem;
        z-index: 1;
        pointer-events: none;
      }
      p {
        width: fit-content;
        max-width: 100%;
        margin: 0 auto;
        padding: 0.75rem 1.125rem;
        border-radius: var(--radius);
        background: var(--ink);
        color: var(--ground);
        box-shadow: var(--shadow-2);
        font-size: 0.9375rem;
      }
      p:empty {
        display: none;
      }
    `,
  ];

  @state() private words = '';
  private quiet: ReturnType<typeof setTimeout> | undefined;

  say(words: string): void {
    this.words = words;
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => (this.words = ''), SAID_FOR);
  }

  override disconnectedCallback(): void {
    clearTimeout(this.quiet);
    super.disconnectedCallback();
  }

  override render() {
    return html`<div role="status" aria-live="polite"><p>${this.words}</p></div>`;
  }
}
