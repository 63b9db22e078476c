import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { m } from '../messages/index.ts';
import { base } from '../design/base.ts';

/** What somebody sees who is not signed in: how to get in. */
@customElement('kt-signed-out')
export class KtSignedOut extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        place-items: center;
        min-height: calc(100dvh - 9rem);
      }
      .card {
        max-width: 30rem;
        padding: 2rem;
      }
      p {
        margin-top: 0.75rem;
      }
      code {
        display: block;
        margin-top: 1rem;
        padding: 0.875rem 1rem;
        border-radius: var(--radius-s);
        background: var(--surface-2);
        font: 1rem var(--mono);
        user-select: all;
      }
      button {
        margin-top: 1.25rem;
      }
    `,
  ];

  @property() problem: 'link-used' | 'unreachable' | null = null;

  override render() {
    const words = m.signedOut;
    return html`<section class="card" aria-labelledby="title">
      <h1 id="title">${words.title}</h1>
      ${this.problem === 'link-used' ? html`<p class="error" role="alert">${words.linkUsed}</p>` : nothing}
      ${this.problem === 'unreachable'
        ? html`<p class="error" role="alert">${words.unreachable}</p>
            <button type="button" @click=${() => location.reload()}>${words.retry}</button>`
        : html`<p>${words.text}</p>
            <code>${words.command}</code>`}
    </section>`;
  }
}
