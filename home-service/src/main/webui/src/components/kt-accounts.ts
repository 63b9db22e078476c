import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Account } from '../api/types.ts';
import { base } from '../design/base.ts';
import { m } from '../messages/index.ts';
import './kt-account-card.ts';

/** All accounts. */
@customElement('kt-accounts')
export class KtAccounts extends LitElement {
  static override styles = [
    base,
    css`
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 0.75rem 1rem;
        margin-bottom: 1.25rem;
      }
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 19.5rem), 1fr));
        gap: 1rem;
      }
      .none {
        max-width: 32rem;
        margin: 3rem auto;
        padding: 2.5rem 2rem;
        text-align: center;
      }
      .none p {
        margin: 0.75rem 0 1.5rem;
      }
    `,
  ];

  @property({ attribute: false }) accounts: Account[] = [];
  /** Until when each account's open challenge waits. */
  @property({ attribute: false }) deadlines: Record<string, string> = {};

  override render() {
    return html`<header>
        <h1>${m.accounts.title}</h1>
        ${this.accounts.length > 0 ? this.addLink() : ''}
      </header>
      ${this.accounts.length === 0
        ? html`<section class="card none">
            <h2>${m.accounts.emptyTitle}</h2>
            <p class="quiet">${m.accounts.empty}</p>
            ${this.addLink()}
          </section>`
        : html`<ul>
            ${repeat(
              this.accounts,
              (account) => account.id,
              (account) =>
                html`<li>
                  <kt-account-card
                    .account=${account}
                    .deadline=${this.deadlines[account.id] ?? null}
                  ></kt-account-card>
                </li>`,
            )}
          </ul>`}`;
  }

  private addLink() {
    return html`<a class="button main" href="#/add">${m.accounts.add}</a>`;
  }
}
