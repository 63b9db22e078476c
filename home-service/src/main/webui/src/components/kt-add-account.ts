import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api, ApiError } from '../api/client.ts';
import type { Account, Connector } from '../api/types.ts';
import { base } from '../design/base.ts';
import { m } from '../messages/index.ts';
import { uuid } from '../seal/able.ts';
import { sealCredentials } from '../seal/seal.ts';
import { accountStyles, tile } from './account-body.ts';
import { problemWords } from './kt-account-actions.ts';
import './kt-credentials-form.ts';
import type { Entered } from './kt-credentials-form.ts';

/** The new account, and why its first run did not start, if it did not. */
export interface Added {
  account: Account;
  problem: string | null;
}

async function firstRun(account: string): Promise<string | null> {
  try {
    await api.run(account);
    return null;
  } catch (cause) {
    return problemWords(cause);
  }
}

/** Choose a site, enter its fields, add the account and sign in. */
@customElement('kt-add-account')
export class KtAddAccount extends LitElement {
  static override styles = [
    base,
    accountStyles,
    css`
      :host {
        max-width: 40rem;
        margin: 0 auto;
      }
      .back {
        display: inline-flex;
        align-items: center;
        min-height: var(--touch);
      }
      h1 {
        margin: 0.25rem 0 1rem;
      }
      .sites {
        display: grid;
        gap: 0.75rem;
        margin-top: 0.75rem;
      }
      .site {
        display: flex;
        align-items: center;
        gap: 0.875rem;
        color: inherit;
        text-decoration: none;
      }
      .site:hover {
        border-color: var(--accent);
      }
      .badge {
        margin-left: auto;
        padding: 0.125rem 0.625rem;
        border-radius: 1rem;
        background: var(--surface-2);
        color: var(--ink-2);
        font-size: 0.8125rem;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 0.5rem;
        margin-bottom: 1.25rem;
      }
    `,
  ];

  @property({ attribute: false }) connectors: Connector[] | null = null;
  @property() slug: string | null = null;
  @state() private busy = false;
  @state() private problem = '';
  @state() private problemField = '';
  /** The same id for as long as adding has not worked, so that trying again cannot add twice. */
  private newId = '';

  override render() {
    const chosen = this.connectors?.find((one) => one.slug === this.slug);
    return html`<a class="back" href="#/">${m.back}</a>
      <h1>${m.addAccount.title}</h1>
      ${this.connectors === null ? html`<p>${m.loading}</p>` : chosen ? this.form(chosen) : this.choose(this.connectors)}`;
  }

  private choose(connectors: Connector[]) {
    if (connectors.length === 0) return html`<p class="card quiet">${m.addAccount.none}</p>`;
    return html`<h2>${m.addAccount.choose}</h2>
      <ul class="sites">
        ${connectors.map(
          (one) =>
            html`<li>
              <a class="card site" href="#/add/${one.slug}"
                >${tile(one.name)}
                <span class="names"
                  ><strong><bdi>${one.name}</bdi></strong
                  ><br /><span class="quiet small wrap">${one.hosts.join(', ')}</span></span
                >${one.sandbox ? html`<span class="badge">${m.addAccount.testSite}</span>` : nothing}</a
              >
            </li>`,
        )}
      </ul>`;
  }

  private form(connector: Connector) {
    return html`<section class="card">
      <div class="head">
        <div class="who">
          ${tile(connector.name)}
          <div class="names">
            <h2><bdi>${connector.name}</bdi></h2>
            <p class="quiet small">${m.addAccount.talksTo(connector.hosts.join(', '))}</p>
          </div>
        </div>
        <a class="button" href="#/add">${m.addAccount.chooseOther}</a>
      </div>
      <kt-credentials-form
        named
        .connector=${connector}
        .busy=${this.busy}
        .problem=${this.problem}
        .problemField=${this.problemField}
        .submitWords=${m.addAccount.submit}
        @kt-entered=${(event: CustomEvent<Entered>) => this.add(connector, event.detail)}
      ></kt-credentials-form>
    </section>`;
  }

  private async add(connector: Connector, { fields, label }: Entered): Promise<void> {
    this.busy = true;
    this.problem = this.problemField = '';
    this.newId ||= uuid();
    try {
      const { keys } = await api.keys();
      const sealed = await sealCredentials([...keys], this.newId, connector.slug, fields);
      const account = await api.addAccount({ id: this.newId, connector: connector.slug, label, sealed });
      this.newId = '';
      this.dispatchEvent(new CustomEvent<Added>('kt-account', { detail: { account, problem: await firstRun(account.id) } }));
    } catch (cause) {
      this.problem = problemWords(cause);
      this.problemField = cause instanceof ApiError ? (cause.field ?? '') : '';
    } finally {
      this.busy = false;
    }
  }
}
