import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Account } from '../api/types.ts';
import { base } from '../design/base.ts';
import { m } from '../messages/index.ts';
import { accountStyles, tile, told } from './account-body.ts';
import './kt-account-actions.ts';
import './kt-status.ts';

/** One account in the list. */
@customElement('kt-account-card')
export class KtAccountCard extends LitElement {
  static override styles = [
    base,
    accountStyles,
    css`
      :host {
        height: 100%;
      }
      article {
        display: flex;
        flex-direction: column;
        gap: 0.875rem;
        height: 100%;
      }
      .who {
        position: relative;
      }
      .names a {
        color: inherit;
        text-decoration: none;
      }
      .names a:hover {
        text-decoration: underline;
        text-underline-offset: 3px;
      }
      kt-account-actions {
        margin-top: auto;
        padding-top: 0.25rem;
      }
      /* The whole line opens the account, not only its name. */
      .names a::after {
        content: '';
        position: absolute;
        inset: 0;
        border-radius: var(--radius-s);
      }
      .names a:focus-visible {
        outline: none;
      }
      .names a:focus-visible::after {
        outline: 3px solid var(--accent);
        outline-offset: 4px;
      }
    `,
  ];

  @property({ attribute: false }) account!: Account;
  @property() deadline: string | null = null;

  override render() {
    const { account } = this;
    return html`<article class="card" data-testid="account-${account.label}" data-status=${account.status}>
      <div class="who">
        ${tile(account.connectorName)}
        <div class="names">
          <h2>
            <a href="#/accounts/${account.id}" aria-label=${m.accounts.open(account.label)}><bdi>${account.label}</bdi></a>
          </h2>
          <p class="quiet small"><bdi>${account.connectorName}</bdi></p>
        </div>
      </div>
      <div><kt-status .status=${account.status} .deadline=${this.deadline}></kt-status></div>
      ${told(account)}
      <kt-account-actions .account=${account}></kt-account-actions>
    </article>`;
  }
}
