import { LitElement, css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Connection } from '../live/live.ts';
import { m } from '../messages/index.ts';
import { base } from '../design/base.ts';

const SAID_FOR = 4_000;

/** Says that the live connection is lost, and for a moment that it is back. */
@customElement('kt-connection')
export class KtConnection extends LitElement {
  static override styles = [
    base,
    css`
      p {
        padding: 0.625rem 1rem;
        text-align: center;
        font-size: 0.9375rem;
        font-weight: 560;
      }
      p:empty {
        display: none;
      }
      .lost {
        background: var(--wait-soft);
        color: var(--wait);
      }
      .back {
        background: var(--good-soft);
        color: var(--good);
      }
    `,
  ];

  @property() connection: Connection = 'connecting';
  @state() private back = false;
  private quiet: ReturnType<typeof setTimeout> | undefined;

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.get('connection') !== 'lost' || this.connection !== 'live') return;
    this.back = true;
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => (this.back = false), SAID_FOR);
  }

  override disconnectedCallback(): void {
    clearTimeout(this.quiet);
    super.disconnectedCallback();
  }

  override render() {
    const lost = this.connection === 'lost';
    const words = lost ? m.connection.lost : this.back ? m.connection.back : '';
    return html`<div role="status" aria-live="polite" data-testid="connection" data-state=${this.connection}>
      <p class=${lost ? 'lost' : 'back'}>${words}</p>
    </div>`;
  }
}
