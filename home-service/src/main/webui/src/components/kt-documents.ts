import { LitElement, css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api } from '../api/client.ts';
import type { StoredDocument } from '../api/types.ts';
import { base } from '../design/base.ts';
import { m } from '../messages/index.ts';
import { dateAndTime, size } from '../messages/words.ts';

/** The documents of an account, loaded again whenever `changed` does. */
@customElement('kt-documents')
export class KtDocuments extends LitElement {
  static override styles = [
    base,
    css`
      ul {
        margin-top: 0.5rem;
      }
      li + li {
        border-top: 1px solid var(--line);
      }
      a {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 0.75rem;
        min-height: var(--touch);
        padding: 0.625rem 0;
        text-decoration: none;
      }
      a:hover bdi {
        text-decoration: underline;
        text-underline-offset: 3px;
      }
      bdi {
        flex: 1 1 12rem;
        font-weight: 560;
      }
      .empty {
        margin-top: 0.5rem;
      }
    `,
  ];

  @property() account = '';
  @property() changed = '';
  @state() private documents: StoredDocument[] | null = null;
  @state() private failed = false;

  override updated(changed: Map<string, unknown>): void {
    if (changed.has('account') || changed.has('changed')) void this.load();
  }

  override render() {
    return html`<section class="card" aria-labelledby="documents">
      <h2 id="documents">${m.documents.title}</h2>
      ${this.body()}
    </section>`;
  }

  private body() {
    if (this.failed) return html`<p class="error empty">${m.documents.failed}</p>`;
    if (this.documents === null) return html`<p class="quiet empty">${m.loading}</p>`;
    if (this.documents.length === 0) return html`<p class="quiet empty">${m.documents.empty}</p>`;
    return html`<ul>
      ${this.documents.map(
        (one) =>
          html`<li>
            <a href=${api.documentAddress(one.id)} download
              ><bdi>${one.name}</bdi
              ><span class="quiet small">${size(one.size, m)} · ${dateAndTime(one.savedAt, m)}</span></a
            >
          </li>`,
      )}
    </ul>`;
  }

  private async load(): Promise<void> {
    const { account } = this;
    try {
      const documents = await api.documents(account);
      if (account !== this.account) return;
      this.documents = documents;
      this.failed = false;
    } catch {
      // Said on the page; the next change loads again.
      this.failed = true;
    }
  }
}
