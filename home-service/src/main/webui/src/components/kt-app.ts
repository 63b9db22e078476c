import { LitElement, css, html, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { api, ApiError, whenSignedOut } from '../api/client.ts';
import type { Account, Challenge, Session, StreamEvent } from '../api/types.ts';
import { base } from '../design/base.ts';
import { live } from '../live/instance.ts';
import { accountsOf, isOpen } from '../live/store.ts';
import { m } from '../messages/index.ts';
import { Desk } from '../popup/desk.ts';
import type { Farewell } from '../popup/popup.ts';
import { fragmentOf, loginToken, routeOf } from '../route.ts';
import type { Route } from '../route.ts';
import { problemWords } from './kt-account-actions.ts';
import './kt-account.ts';
import './kt-accounts.ts';
import './kt-add-account.ts';
import type { Added } from './kt-add-account.ts';
import './kt-challenge.ts';
import './kt-connection.ts';
import './kt-correct.ts';
import './kt-signed-out.ts';
import './kt-toast.ts';
import type { KtToast } from './kt-toast.ts';

type Entry =
  | { at: 'entering' }
  | { at: 'in'; session: Session }
  | { at: 'out'; problem: 'link-used' | 'unreachable' | null };

/** The page: who is signed in, which part is shown, and the popup above all of them. */
@customElement('kt-app')
export class KtApp extends LitElement {
  static override styles = [
    base,
    css`
      .top {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 1rem;
        max-width: 72rem;
        margin: 0 auto;
        padding: 0.75rem 1.5rem;
      }
      .bar {
        border-bottom: 1px solid var(--line);
        background: var(--surface);
      }
      .brand {
        display: inline-flex;
        align-items: center;
        gap: 0.625rem;
        min-height: var(--touch);
        color: var(--ink);
        font-size: 1.125rem;
        font-weight: 680;
        letter-spacing: -0.01em;
        text-decoration: none;
      }
      .me {
        display: flex;
        align-items: center;
        gap: 0.5rem;
        min-width: 0;
      }
      main {
        max-width: 72rem;
        margin: 0 auto;
        padding: 1.75rem 1.5rem 5rem;
      }
      @media (max-width: 40rem) {
        .top {
          padding: 0.5rem 1rem;
        }
        main {
          padding: 1.25rem 1rem 5rem;
        }
      }
    `,
  ];

  @state() private entry: Entry = { at: 'entering' };
  @state() private route: Route = { page: 'accounts' };
  @state() private startProblem = '';
  @query('kt-toast') private toast!: KtToast;

  private readonly desk = new Desk(
    live,
    () => this.requestUpdate(),
    (farewell, challenge) => this.toast.say(farewellWords(farewell, challenge)),
  );

  override connectedCallback(): void {
    super.connectedCallback();
    whenSignedOut.tell = () => this.leave();
    live.addEventListener('change', this.heard);
    live.addEventListener('signed-out', this.left);
    live.addEventListener('signed-in', this.enterAgain);
    addEventListener('hashchange', this.moved);
    void this.enter();
  }

  override disconnectedCallback(): void {
    live.removeEventListener('change', this.heard);
    live.removeEventListener('signed-out', this.left);
    live.removeEventListener('signed-in', this.enterAgain);
    removeEventListener('hashchange', this.moved);
    live.stop();
    super.disconnectedCallback();
  }

  override updated(): void {
    const title = m.product;
    document.title = this.desk.popup?.phase.at === 'asking' ? m.popup.titleBadge(title) : title;
    document.documentElement.lang = m.language;
  }

  override render() {
    return html`<div class="bar">
        <header class="top">
          <a class="brand" href="#/">${logo}${m.product}</a>
          ${this.entry.at === 'in' ? this.me(this.entry.session) : nothing}
        </header>
      </div>
      ${this.entry.at === 'in' ? html`<kt-connection .connection=${live.connection}></kt-connection>` : nothing}
      <main>${this.body()}</main>
      <kt-challenge
        .popup=${this.desk.popup}
        .others=${this.desk.others()}
        .canStart=${this.canStart()}
        .startProblem=${this.startProblem}
        @kt-submit=${(event: CustomEvent<string>) => this.desk.submit(event.detail)}
        @kt-resend=${() => this.desk.resend()}
        @kt-method=${(event: CustomEvent<string>) => this.desk.method(event.detail)}
        @kt-more-time=${() => this.desk.moreTime()}
        @kt-cancel=${() => this.desk.cancel()}
        @kt-close=${() => this.desk.close()}
        @kt-next=${() => this.desk.next()}
        @kt-start-again=${this.startAgain}
      ></kt-challenge>
      <kt-toast></kt-toast>`;
  }

  private me(session: Session) {
    return html`<div class="me">
      <bdi class="quiet small">${session.user.name}</bdi>
      <button type="button" class="plain" @click=${this.signOut}>${m.signOut}</button>
    </div>`;
  }

  private body() {
    const { entry, route } = this;
    if (entry.at === 'entering') return html`<p class="quiet">${m.signedOut.signingIn}</p>`;
    if (entry.at === 'out') return html`<kt-signed-out .problem=${entry.problem}></kt-signed-out>`;
    if (!live.world.ready) return html`<p class="quiet">${m.loading}</p>`;
    switch (route.page) {
      case 'accounts':
        return html`<kt-accounts .accounts=${accountsOf(live.world)} .deadlines=${deadlines()}></kt-accounts>`;
      case 'add':
        return html`<kt-add-account
          .connectors=${live.world.connectors}
          .slug=${route.connector}
          @kt-account=${this.added}
        ></kt-add-account>`;
      default:
        return this.account(route, live.world.accounts[route.id]);
    }
  }

  private account(route: Route, account: Account | undefined) {
    if (account === undefined) return html`<p>${m.notFound}</p><p><a href="#/">${m.back}</a></p>`;
    return route.page === 'correct'
      ? html`<kt-correct .account=${account} .connectors=${live.world.connectors}></kt-correct>`
      : html`<kt-account .account=${account} .deadline=${deadlines()[account.id] ?? null}></kt-account>`;
  }

  /** Signs in with the link's token if there is one, else with the session that is there. */
  private async enter(): Promise<void> {
    const token = loginToken(location.hash);
    // The token leaves the address bar and the history before anything else happens.
    if (token !== null) history.replaceState(null, '', location.pathname + location.search);
    const opened = fragmentOf(location.pathname, location.hash);
    if (opened !== null) history.replaceState(null, '', `/${opened}`);
    this.route = routeOf(location.hash);
    let used = false;
    try {
      if (token !== null) used = !(await this.signIn(token));
      const session = await api.session();
      this.entry = { at: 'in', session };
      if (token !== null) live.announce('signed-in');
      live.start();
      await this.loadConnectors();
    } catch (cause) {
      const unreachable = !(cause instanceof ApiError) || cause.status !== 401;
      this.out(unreachable ? 'unreachable' : used ? 'link-used' : null);
    }
  }

  private async signIn(token: string): Promise<boolean> {
    try {
      await api.signIn(token);
      return true;
    } catch (cause) {
      if (cause instanceof ApiError && cause.status >= 400 && cause.status < 500) return false;
      throw cause;
    }
  }

  private async loadConnectors(): Promise<void> {
    try {
      const connectors = await api.connectors();
      live.learn({ type: 'connectors', now: new Date(live.clock.now()).toISOString(), connectors });
    } catch (cause) {
      // The form says that it is loading; it is tried again when the connection is back.
      if (!(cause instanceof ApiError)) throw cause;
    }
  }

  private readonly moved = () => {
    if (loginToken(location.hash) !== null) {
      void this.enter();
      return;
    }
    this.route = routeOf(location.hash);
    scrollTo(0, 0);
  };

  private readonly heard = () => {
    if (this.entry.at !== 'in') return;
    this.desk.follow();
    if (live.connection === 'live' && live.world.ready && live.world.connectors === null) this.wantConnectors();
    this.requestUpdate();
  };

  private wanted = false;

  private wantConnectors(): void {
    if (this.wanted) return;
    this.wanted = true;
    void this.loadConnectors().finally(() => (this.wanted = false));
  }

  /** Another tab has signed in: as somebody else everything starts anew, else what is being typed here stays. */
  private readonly enterAgain = async () => {
    const before = this.entry.at === 'in' ? this.entry.session.user.id : null;
    if (before === null) return this.enter();
    try {
      const session = await api.session();
      if (session.user.id !== before) return await this.enter();
      this.entry = { at: 'in', session };
      live.reconnect();
    } catch (cause) {
      // Home is away or the session is gone again: the stream finds out and says so.
      if (!(cause instanceof ApiError)) throw cause;
    }
  };

  private readonly left = () => this.out(null);

  /** The API says that the session is over. */
  private leave(): void {
    if (this.entry.at !== 'in') return;
    live.announce('signed-out');
    this.out(null);
  }

  private out(problem: 'link-used' | 'unreachable' | null): void {
    live.stop();
    this.desk.clear();
    this.entry = { at: 'out', problem };
  }

  private readonly signOut = async () => {
    try {
      await api.signOut();
      this.leave();
    } catch (cause) {
      this.toast.say(problemWords(cause));
    }
  };

  private readonly added = (event: CustomEvent<Added>) => {
    const { account, problem } = event.detail;
    const said: StreamEvent = { type: 'account', now: new Date(live.clock.now()).toISOString(), account };
    live.learn(said);
    if (problem !== null) this.toast.say(problem);
    location.hash = `#/accounts/${account.id}`;
  };

  private canStart(): boolean {
    const account = live.world.accounts[this.desk.popup?.challenge.accountId ?? ''];
    return account !== undefined && !isOpen(account);
  }

  private readonly startAgain = async () => {
    const account = this.desk.popup?.challenge.accountId;
    if (account === undefined) return;
    this.startProblem = '';
    try {
      await api.run(account);
      this.desk.close();
    } catch (cause) {
      this.startProblem = problemWords(cause);
    }
  };
}

function deadlines(): Record<string, string> {
  const open = Object.values(live.world.challenges).filter((one) => one.state === 'OPEN');
  return Object.fromEntries(open.map((one) => [one.accountId, one.deadline]));
}

function farewellWords(farewell: NonNullable<Farewell>, challenge: Challenge): string {
  switch (farewell) {
    case 'accepted':
      return m.popup.accepted(challenge.connectorName);
    case 'answered-elsewhere':
      return m.popup.answeredElsewhere;
    case 'cancelled-elsewhere':
      return m.popup.cancelledElsewhere;
  }
}

const logo = html`<svg width="30" height="30" viewBox="0 0 32 32" aria-hidden="true">
  <rect width="32" height="32" rx="9" fill="#0b6b5d"></rect>
  <circle cx="12" cy="16" r="5" fill="none" stroke="#fff" stroke-width="2.6"></circle>
  <path d="M17 16h9M22.5 16v4.2" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round"></path>
</svg>`;
