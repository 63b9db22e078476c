import { LitElement, css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api, ApiError } from '../api/client.ts';
import type { Account, Connector } from '../api/types.ts';
import { base } from '../design/base.ts';
import { isOpen } from '../live/store.ts';
import { m } from '../messages/index.ts';
import { sealCredentials } from '../seal/seal.ts';
import { problemWords } from './kt-account-actions.ts';
import './kt-credentials-form.ts';
import type { Entered } from './kt-credentials-form.ts';

/** Replace an account's credentials and sign in with them. */
@customElement('kt-correct')
export class KtCorrect extends LitElement {
  static override styles = [
    base,
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
        margin: 0.25rem 0 0.5rem;
      }
      .card {
        margin-top: 1rem;
      }
    `,
  ];

  @property({ attribute: false }) account!: Account;
  @property({ attribute: false }) connectors: Connector[] | null = null;
  @state() private busy = false;
  @state() private problem = '';
  @state() private problemField = '';

  override render() {
    const { account } = this;
    const connector = this.connectors?.find((one) => one.slug === account.connector);
    return html`<a class="back" href="#/accounts/${account.id}"><bdi>${account.label}</bdi></a>
      <h1>${m.correct.title}</h1>
      <p class="quiet">${m.correct.text}</p>
      ${connector === undefined
        ? html`<p class="card quiet">${this.connectors === null ? m.loading : m.addAccount.none}</p>`
        : html`<section class="card">
            <kt-credentials-form
              .connector=${connector}
              .busy=${this.busy}
              .problem=${this.problem}
              .problemField=${this.problemField}
              .submitWords=${m.correct.submit}
              @kt-entered=${(event: CustomEvent<Entered>) => this.save(event.detail.fields)}
            ></kt-credentials-form>
          </section>`}`;
  }

  private async save(fields: Record<string, string>): Promise<void> {
    const { account } = this;
    this.busy = true;
    this.problem = this.problemField = '';
    try {
      const { keys } = await api.keys();
      const sealed = await sealCredentials([...keys], account.id, account.connector, fields);
      const saved = await api.correct(account.id, sealed);
      if (!isOpen(saved)) await api.run(account.id);
      location.hash = `#/accounts/${account.id}`;
    } catch (cause) {
      this.problem = problemWords(cause);
      this.problemField = cause instanceof ApiError ? (cause.field ?? '') : '';
    } finally {
      this.busy = false;
    }
  }
}
