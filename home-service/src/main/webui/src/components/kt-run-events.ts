import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api } from '../api/client.ts';
import type { Run, TimelineEntry } from '../api/types.ts';
import { base } from '../design/base.ts';
import { m } from '../messages/index.ts';
import { dateAndTime, duration, timeWithSeconds } from '../messages/words.ts';
import { quoted, sentence, sincePrevious } from '../timeline/sentences.ts';

const RUNS = 20;

/** What happened in a run of an account, by default the latest; loaded again whenever that run changes. */
@customElement('kt-run-events')
export class KtRunEvents extends LitElement {
  static override styles = [
    base,
    css`
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 0.5rem 1rem;
      }
      select {
        width: auto;
        max-width: 100%;
        min-height: var(--touch);
        font-size: 0.9375rem;
      }
      ol {
        margin-top: 1rem;
      }
      li {
        position: relative;
        padding: 0 0 1.125rem 1.5rem;
      }
      li::before {
        content: '';
        position: absolute;
        left: 0;
        top: 0.45rem;
        width: 10px;
        height: 10px;
        border-radius: 50%;
        background: var(--line-strong);
      }
      li:not(:last-child)::after {
        content: '';
        position: absolute;
        left: 4px;
        top: 1.25rem;
        bottom: -0.25rem;
        width: 2px;
        background: var(--line);
      }
      li.good::before {
        background: var(--good);
      }
      li.bad::before {
        background: var(--bad);
      }
      li.wait::before {
        background: var(--wait);
      }
      li:last-child {
        padding-bottom: 0;
      }
      blockquote {
        margin: 0.25rem 0 0;
        padding-left: 0.75rem;
        border-left: 3px solid var(--line);
        color: var(--ink-2);
      }
      .empty {
        margin-top: 0.5rem;
      }
    `,
  ];

  @property() account = '';
  /** The account's latest run. */
  @property({ attribute: false }) latest: Run | null = null;
  @property() site = '';
  @state() private runs: Run[] = [];
  @state() private chosen: string | null = null;
  @state() private entries: TimelineEntry[] = [];
  @state() private failed = false;
  private seen = '';

  override updated(changed: Map<string, unknown>): void {
    if (changed.has('account')) this.chosen = null;
    const now = `${this.account} ${this.runId() ?? ''} ${this.latest?.id ?? ''} ${this.latest?.version ?? 0}`;
    if (now === this.seen) return;
    this.seen = now;
    void this.load();
  }

  override render() {
    return html`<section class="card" aria-labelledby="events">
      <header>
        <h2 id="events">${m.runs.title}</h2>
        ${this.runs.length > 1 ? this.choice() : nothing}
      </header>
      ${this.failed ? html`<p class="error empty">${m.runs.failed}</p>` : nothing}
      ${this.latest === null ? html`<p class="quiet empty">${m.runs.empty}</p>` : this.list()}
    </section>`;
  }

  private runId(): string | null {
    return this.chosen ?? this.latest?.id ?? null;
  }

  private choice() {
    return html`<select aria-label=${m.runs.choose} @change=${this.choose}>
      ${this.runs.map(
        (run) =>
          html`<option value=${run.id} ?selected=${run.id === this.runId()}>
            ${dateAndTime(run.queuedAt, m)} · ${m.status[run.state]}
          </option>`,
      )}
    </select>`;
  }

  private readonly choose = (event: Event) => {
    const { value } = event.target as HTMLSelectElement;
    this.chosen = value === this.latest?.id ? null : value;
  };

  private list() {
    return html`<ol data-testid="run-events" aria-live="polite" aria-relevant="additions">
      ${this.entries.map((entry, index) => this.entry(entry, index))}
    </ol>`;
  }

  private entry(entry: TimelineEntry, index: number) {
    const words = quoted(entry);
    const since = sincePrevious(this.entries, index);
    return html`<li class=${tone(entry.type)} data-type=${entry.type}>
      <p class="wrap"><bdi>${sentence(entry, m)}</bdi></p>
      ${words === null ? nothing : html`<blockquote class="small"><bdi>${words}</bdi></blockquote>`}
      <p class="quiet small">
        <time datetime=${entry.at}>${timeWithSeconds(entry.at, m)}</time>${since === null
          ? nothing
          : html` · ${m.runs.after(duration(since))}`}${entry.late ? html` · ${m.runs.late}` : nothing}
      </p>
    </li>`;
  }

  private async load(): Promise<void> {
    const { account, seen } = this;
    const run = this.runId();
    if (run === null) {
      this.entries = [];
      return;
    }
    try {
      const [entries, runs] = await Promise.all([api.events(run), api.runs(account, RUNS)]);
      if (seen !== this.seen) return;
      this.entries = entries;
      this.runs = runs;
      this.failed = false;
    } catch {
      // Said on the page; the next change loads again.
      this.failed = true;
    }
  }
}

function tone(type: string): string {
  if (type === 'LoginSucceeded' || type === 'RunFinished' || type === 'DocumentSaved') return 'good';
  if (type === 'LoginFailed' || type === 'RunFailed' || type === 'TwoFaRejected') return 'bad';
  return type.startsWith('TwoFa') ? 'wait' : '';
}
