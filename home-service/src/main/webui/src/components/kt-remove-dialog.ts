import { LitElement, css, html } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { api } from '../api/client.ts';
import type { Account } from '../api/types.ts';
import { base } from '../design/base.ts';
import { m } from '../messages/index.ts';
import { problemWords } from './kt-account-actions.ts';

/** Asks before an account is removed, and whether its documents go too. */
@customElement('kt-remove-dialog')
export class KtRemoveDialog extends LitElement {
  static override styles = [
    base,
    css`
      p {
        margin-top: 0.5rem;
      }
      .check {
        margin-top: 1rem;
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        justify-content: end;
        gap: 0.5rem;
        margin-top: 1rem;
      }
    `,
  ];

  @property({ attribute: false }) account!: Account;
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('input') private documents!: HTMLInputElement;
  @state() private busy = false;
  @state() private problem = '';

  show(): void {
    this.problem = '';
    this.documents.checked = false;
    this.dialog.showModal();
  }

  override render() {
    return html`<dialog aria-labelledby="title" aria-describedby="text">
      <h2 id="title">${m.remove.title(this.account.label)}</h2>
      <p id="text" class="quiet">${m.remove.text}</p>
      <label class="check"><input type="checkbox" />${m.remove.documents}</label>
      <p class="error" role="alert">${this.problem}</p>
      <div class="buttons">
        <button type="button" @click=${() => this.dialog.close()}>${m.remove.keep}</button>
        <button type="button" class="main danger" ?disabled=${this.busy} @click=${this.confirm}>${m.remove.confirm}</button>
      </div>
    </dialog>`;
  }

  private readonly confirm = async () => {
    this.busy = true;
    try {
      await api.removeAccount(this.account.id, this.documents.checked);
      this.dialog.close();
      location.hash = '#/';
    } catch (cause) {
      this.problem = problemWords(cause);
    } finally {
      this.busy = false;
    }
  };
}
