import { LitElement, css, html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Account } from '../api/types.ts';
import { base } from '../design/base.ts';
import { m } from '../messages/index.ts';
import { dateAndTime } from '../messages/words.ts';
import { accountStyles, tile, told } from './account-body.ts';
import './kt-account-actions.ts';
import './kt-documents.ts';
import './kt-remove-dialog.ts';
import type { KtRemoveDialog } from './kt-remove-dialog.ts';
import './kt-run-events.ts';
import './kt-status.ts';

/** Everything about one account: status, what can be done, its documents, what happened. */
@customElement('kt-account')
export class KtAccount extends LitElement {
  static override styles = [
    base,
    accountStyles,
    css`
      .back {
        display: inline-flex;
        align-items: center;
        min-height: var(--touch);
      }
      article {
        display: grid;
        gap: 1rem;
        margin: 0.25rem 0 1rem;
      }
      .top {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 0.75rem 1rem;
      }
      .parts {
        display: grid;
        gap: 1rem;
        align-items: start;
      }
      @media (max-width: 40rem) {
        h1 {
          font-size: 1.25rem;
        }
      }
      @media (min-width: 60rem) {
        .parts {
          grid-template-columns: 1fr 1.25fr;
        }
      }
    `,
  ];

  @property({ attribute: false }) account!: Account;
  @property() deadline: string | null = null;
  @query('kt-remove-dialog') private removal!: KtRemoveDialog;

  override render() {
    const { account } = this;
    return html`<a class="back" href="#/">${m.back}</a>
      <article class="card" data-testid="account-${account.label}" data-status=${account.status}>
        <div class="top">
          <div class="who">
            ${tile(account.connectorName)}
            <div class="names">
              <h1><bdi>${account.label}</bdi></h1>
              <p class="quiet small">
                <bdi>${account.connectorName}</bdi> · ${m.accounts.created(dateAndTime(account.createdAt, m))}
              </p>
            </div>
          </div>
          <kt-status role="status" .status=${account.status} .deadline=${this.deadline}></kt-status>
        </div>
        ${told(account)}
        <kt-account-actions all .account=${account} @kt-remove=${() => this.removal.show()}></kt-account-actions>
      </article>
      <div class="parts">
        <kt-documents
          .account=${account.id}
          .changed=${`${account.run?.id ?? ''} ${account.run?.documents ?? 0} ${account.run?.state ?? ''}`}
        ></kt-documents>
        <kt-run-events .account=${account.id} .latest=${account.run} .site=${account.connectorName}></kt-run-events>
      </div>
      <kt-remove-dialog .account=${account}></kt-remove-dialog>`;
  }
}
