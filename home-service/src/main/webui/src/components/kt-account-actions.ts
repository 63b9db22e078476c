import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api, ApiError } from '../api/client.ts';
import type { Account } from '../api/types.ts';
import { base } from '../design/base.ts';
import { isOpen } from '../live/store.ts';
import { m } from '../messages/index.ts';
import { wantsCredentials } from '../messages/words.ts';

/** What can be done with an account. Asks the page to show the removal with an event `kt-remove`. */
@customElement('kt-account-actions')
export class KtAccountActions extends LitElement {
  static override styles = [
    base,
    css`
      div {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
      }
      p {
        margin-top: 0.5rem;
      }
    `,
  ];

  @property({ attribute: false }) account!: Account;
  /** With correction and removal. */
  @property({ type: Boolean }) all = false;
  @state() private busy = false;
  @state() private problem = '';

  override render() {
    const { account } = this;
    if (account.erased !== null) return nothing;
    return html`<div>
        ${this.correctFirst() ? [this.correctLink(true), this.runButton(false)] : this.runButton(account.status === 'IDLE' || account.status === 'FAILED')}
        ${isOpen(account) ? this.stopButton() : nothing}
        ${this.all && !this.correctFirst() ? this.correctLink(false) : nothing}
        ${this.all ? this.removeButton() : nothing}
      </div>
      <p class="error small" role="status">${this.problem}</p>`;
  }

  private correctFirst(): boolean {
    const { account } = this;
    return !isOpen(account) && this.wantsCredentials();
  }

  private wantsCredentials(): boolean {
    const { credentials, paused, run, status } = this.account;
    if (credentials === 'REFUSED') return true;
    if (paused?.why === 'FOREIGN_CREDENTIALS' || paused?.why === 'FOREIGN_ERASURE') return true;
    return (status === 'FAILED' || status === 'PAUSED') && wantsCredentials(run?.reason);
  }

  private runButton(main: boolean) {
    const { account } = this;
    if (isOpen(account)) return nothing;
    const words = account.status === 'FAILED' ? m.accounts.startAgain : m.accounts.runNow;
    return html`<button type="button" class=${main ? 'main' : ''} ?disabled=${this.busy} @click=${this.run}>
      ${words}
    </button>`;
  }

  private stopButton() {
    return html`<button type="button" ?disabled=${this.busy} @click=${this.stop}>${m.accounts.stop}</button>`;
  }

  private correctLink(main: boolean) {
    return html`<a class=${main ? 'button main' : 'button'} href="#/accounts/${this.account.id}/credentials"
      >${m.accounts.correct}</a
    >`;
  }

  private removeButton() {
    return html`<button
      type="button"
      class="danger"
      @click=${() => this.dispatchEvent(new Event('kt-remove', { bubbles: true, composed: true }))}
    >
      ${m.accounts.remove}
    </button>`;
  }

  private readonly run = () => this.attempt(() => api.run(this.account.id));

  private readonly stop = () => this.attempt(() => api.cancelRun(this.account.run?.id ?? ''));

  private async attempt(action: () => Promise<unknown>): Promise<void> {
    this.busy = true;
    this.problem = '';
    try {
      await action();
    } catch (cause) {
      this.problem = problemWords(cause);
    } finally {
      this.busy = false;
    }
  }
}

/** A failed request in words. */
export function problemWords(cause: unknown): string {
  if (!(cause instanceof ApiError)) return m.accounts.failed(cause instanceof Error ? cause.message : String(cause));
  if (cause.status === 0) return m.accounts.unreachable;
  return cause.runId === undefined ? m.accounts.failed(cause.detail) : m.accounts.runOpen;
}
