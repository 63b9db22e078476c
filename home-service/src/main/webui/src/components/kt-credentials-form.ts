import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Connector, Field } from '../api/types.ts';
import { base } from '../design/base.ts';
import { m } from '../messages/index.ts';
import { canSeal } from '../seal/able.ts';

/** What was entered; `label` only where a name was asked for. */
export interface Entered {
  fields: Record<string, string>;
  label: string;
}

const INPUT_TYPES = { TEXT: 'text', EMAIL: 'email', PASSWORD: 'password', URL: 'url', CHOICE: 'text' } as const;

/** A form built from a connector's fields. Takes data, gives one event `kt-entered`, fetches nothing. */
@customElement('kt-credentials-form')
export class KtCredentialsForm extends LitElement {
  static override styles = [
    base,
    css`
      form {
        display: grid;
        gap: 1.125rem;
      }
      .help {
        margin-top: 0.375rem;
      }
      .secret {
        display: flex;
        gap: 0.5rem;
      }
      .optional {
        font-weight: 400;
        color: var(--ink-2);
      }
      .sealed {
        display: flex;
        gap: 0.625rem;
        align-items: start;
        padding: 0.75rem 0.875rem;
        border-radius: var(--radius-s);
        background: var(--accent-soft);
      }
      svg {
        flex: none;
        margin-top: 2px;
        color: var(--accent);
      }
      .unable {
        background: var(--bad-soft);
        color: var(--bad);
      }
    `,
  ];

  @property({ attribute: false }) connector!: Connector;
  @property({ type: Boolean }) named = false;
  @property({ type: Boolean }) busy = false;
  @property() submitWords = '';
  @property() problem = '';
  /** The field that the problem is about, if it is about one. */
  @property() problemField = '';
  @state() private shown: ReadonlySet<string> = new Set();

  override render() {
    const able = canSeal();
    return html`<form @submit=${this.submit} autocomplete="off">
      ${this.connector.fields.map((field) => this.field(field))} ${this.named ? this.labelField() : nothing}
      ${able
        ? html`<p class="sealed small">${lock}<span>${m.addAccount.sealedHere}</span></p>`
        : html`<p class="sealed unable small" role="alert">${m.cannotSeal(location.hostname)}</p>`}
      <p class="error" role="alert" id="problem">${this.problem}</p>
      <div>
        <button class="main" ?disabled=${this.busy || !able}>
          ${this.busy ? m.addAccount.saving : this.submitWords}
        </button>
      </div>
    </form>`;
  }

  private field(field: Field) {
    const id = `field-${field.name}`;
    const wrong = this.problemField === field.name;
    return html`<div>
      <label for=${id}
        ><bdi>${field.label}</bdi>${field.required
          ? nothing
          : html` <span class="optional">(${m.addAccount.optional})</span>`}</label
      >
      ${field.type === 'CHOICE' ? this.choice(field, id) : this.input(field, id, wrong)}
      ${field.help ? html`<p class="help quiet small" id="${id}-help"><bdi>${field.help}</bdi></p>` : nothing}
    </div>`;
  }

  private choice(field: Field, id: string) {
    return html`<select id=${id} name=${field.name} ?required=${field.required}>
      <option value="">${m.addAccount.choosePrompt}</option>
      ${(field.choices ?? []).map((choice) => html`<option value=${choice.id}>${choice.label}</option>`)}
    </select>`;
  }

  private input(field: Field, id: string, wrong: boolean) {
    const hidden = field.secret || field.type === 'PASSWORD';
    const shown = this.shown.has(field.name);
    const input = html`<input
      id=${id}
      name=${field.name}
      type=${hidden ? (shown ? 'text' : 'password') : INPUT_TYPES[field.type]}
      ?required=${field.required}
      pattern=${field.pattern || nothing}
      title=${field.help || nothing}
      maxlength="4096"
      autocomplete=${hidden ? 'new-password' : 'off'}
      autocapitalize="none"
      spellcheck="false"
      aria-describedby=${field.help ? `${id}-help` : nothing}
      aria-invalid=${wrong ? 'true' : nothing}
    />`;
    if (!hidden) return input;
    return html`<div class="secret">
      ${input}<button type="button" aria-pressed=${shown} aria-controls=${id} @click=${() => this.toggle(field.name)}>
        ${shown ? m.addAccount.hide : m.addAccount.show}
      </button>
    </div>`;
  }

  private labelField() {
    const from = this.connector.fields.find((field) => !field.secret)?.label;
    return html`<div>
      <label for="label">${m.addAccount.label}</label>
      <input
        id="label"
        maxlength="100"
        aria-describedby="label-help"
        aria-invalid=${this.problemField === 'label' ? 'true' : nothing}
        autocomplete="off"
      />
      ${from === undefined
        ? nothing
        : html`<p class="help quiet small" id="label-help">${m.addAccount.labelFrom(from)}</p>`}
    </div>`;
  }

  private toggle(name: string): void {
    const shown = new Set(this.shown);
    if (!shown.delete(name)) shown.add(name);
    this.shown = shown;
  }

  private readonly submit = (event: Event) => {
    event.preventDefault();
    if (this.busy) return;
    const fields: Record<string, string> = {};
    for (const field of this.connector.fields) {
      const value = this.entered(`field-${field.name}`);
      const kept = field.secret ? value : value.trim();
      if (kept !== '') fields[field.name] = kept;
    }
    const all: Entered = { fields, label: this.named ? this.labelOf(fields) : '' };
    this.dispatchEvent(new CustomEvent<Entered>('kt-entered', { detail: all }));
  };

  /** The name that was given, else the first field that is not secret. */
  private labelOf(fields: Record<string, string>): string {
    const given = this.entered('label').trim();
    const first = this.connector.fields.find((field) => !field.secret && fields[field.name] !== undefined);
    return given || (first === undefined ? this.connector.name : (fields[first.name] ?? ''));
  }

  private entered(id: string): string {
    const element = this.renderRoot.querySelector<HTMLInputElement | HTMLSelectElement>(`#${CSS.escape(id)}`);
    return element?.value ?? '';
  }
}

const lock = html`<svg width="18" height="18" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">
  <rect x="4" y="11" width="16" height="9" rx="2.5"></rect>
  <path d="M8 11V7.5a4 4 0 0 1 8 0V11"></path>
</svg>`;
