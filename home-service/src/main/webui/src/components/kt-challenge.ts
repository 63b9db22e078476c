import { LitElement, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Challenge } from '../api/types.ts';
import { base } from '../design/base.ts';
import { live } from '../live/instance.ts';
import { m } from '../messages/index.ts';
import { wantsCredentials } from '../messages/words.ts';
import { extractCode } from '../popup/code.ts';
import { aboutToChange, asClock, left, spokenBetween } from '../popup/countdown.ts';
import { focused, ignoresEnter, isTypedInto, waitForPause } from '../popup/manners.ts';
import { canWish, isExtendable, isWrong } from '../popup/popup.ts';
import type { Popup } from '../popup/popup.ts';
import { lineWords, methodWords, promptWords, siteWordsAbout, titleWords } from '../popup/words.ts';
import { canSeal } from '../seal/able.ts';
import { challengeStyles } from './kt-challenge.styles.ts';
import './kt-countdown.ts';

/**
 * The popup that asks for a code. Shows what it is given and sends nothing itself: events `kt-submit` (what was typed),
 * `kt-resend`, `kt-method` (which), `kt-more-time`, `kt-cancel`, `kt-close`, `kt-next` and `kt-start-again`.
 */
@customElement('kt-challenge')
export class KtChallenge extends LitElement {
  static override styles = [base, challengeStyles];

  @property({ attribute: false }) popup: Popup | null = null;
  /** How many other challenges wait. */
  @property({ type: Number }) others = 0;
  /** Whether the run is over, so that another can be started. */
  @property({ type: Boolean }) canStart = false;
  @property() startProblem = '';

  /** Whether it waits for somebody to pause typing. */
  @state() private held = false;
  @state() private spoken = '';
  /** Whether the other methods are shown to choose from. */
  @state() private choosing = false;
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('[data-testid=code]') private input!: HTMLInputElement | null;

  private shownAt = 0;
  private lastTyped: number | null = null;
  private leftBefore = Infinity;
  private knocking: ReturnType<typeof setTimeout> | undefined;
  private ticking: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('input', this.typed, true);
    document.addEventListener('keydown', this.typed, true);
    this.ticking = setInterval(() => this.tick(), 250);
  }

  override disconnectedCallback(): void {
    document.removeEventListener('input', this.typed, true);
    document.removeEventListener('keydown', this.typed, true);
    clearInterval(this.ticking);
    clearTimeout(this.knocking);
    super.disconnectedCallback();
  }

  override updated(changed: Map<string, unknown>): void {
    if (!changed.has('popup')) return;
    const before = changed.get('popup') as Popup | null | undefined;
    const { popup } = this;
    if (popup === null) return this.goAway();
    if (isAnother(before, popup)) this.begin();
    if (!this.dialog.open) this.knock();
    else if (before?.phase.at !== popup.phase.at || isAnother(before, popup)) this.settle();
  }

  override render() {
    const { popup } = this;
    return html`${popup !== null && this.held ? this.banner(popup.challenge) : nothing}
      <dialog
        data-testid="challenge"
        aria-labelledby="title"
        aria-describedby="prompt"
        @cancel=${(event: Event) => event.preventDefault()}
        @close=${this.closed}
        @keydown=${this.key}
      >
        ${popup === null ? nothing : this.content(popup)}
        <p class="unseen" aria-live="polite">${this.spoken}</p>
      </dialog>`;
  }

  private banner(challenge: Challenge) {
    return html`<aside class="banner" role="status" data-testid="challenge-banner">
      <p><strong>${m.popup.wanted(challenge.connectorName, challenge.label)}</strong> ${m.popup.comesForward}</p>
      <button type="button" class="main" @click=${this.comeForward}>${m.popup.answerNow}</button>
    </aside>`;
  }

  private content(popup: Popup) {
    const { challenge, phase } = popup;
    return html`<header>
        <div>
          <h2 id="title"><bdi>${titleWords(popup, m)}</bdi></h2>
          <p class="quiet">${m.popup.account} <bdi class="account">${challenge.label}</bdi></p>
        </div>
        ${phase.at === 'asking' ? this.clock(challenge) : nothing}
      </header>
      ${phase.at === 'over' ? html`<p id="prompt" class="unseen">${promptWords(challenge, m)}</p>` : this.question(challenge)}
      <form novalidate @submit=${this.submit}>
        ${phase.at === 'over' || challenge.type === 'APPROVAL' ? nothing : this.field(popup)} ${this.line(popup)}
        ${phase.at === 'asking' ? this.ways(popup) : nothing}
        <div class="buttons">${phase.at === 'over' ? this.endButtons(popup) : this.askButtons(popup)}</div>
      </form>
      ${this.others > 0 ? html`<p class="others quiet small">${m.popup.others(this.others)}</p>` : nothing}`;
  }

  private clock(challenge: Challenge) {
    const near = this.left(challenge) <= 30_000;
    return html`<p class="clock ${near ? 'near' : ''}">
      <span class="unseen">${m.popup.timeLeft}</span><kt-countdown .deadline=${challenge.deadline}></kt-countdown>
    </p>`;
  }

  private question(challenge: Challenge) {
    return html`<div id="prompt" class="question">
      <p>${promptWords(challenge, m)}</p>
      ${challenge.destination
        ? html`<p class="quiet">${m.popup.sentTo} <bdi class="destination">${challenge.destination}</bdi></p>`
        : nothing}
      ${challenge.words ? this.quotation(challenge, challenge.words) : nothing}
    </div>`;
  }

  /** The site's words are text of a stranger: set apart, and never more than text. */
  private quotation(challenge: Challenge, words: string) {
    return html`<figure>
      <figcaption class="small quiet">${m.popup.siteSays(challenge.connectorName)}</figcaption>
      <blockquote><bdi>${words}</bdi></blockquote>
    </figure>`;
  }

  private field(popup: Popup) {
    const { challenge } = popup;
    const locked = popup.phase.at !== 'asking' || this.timeIsUp();
    if ((challenge.choices?.length ?? 0) > 0) return this.choices(challenge, locked);
    const wrong = popup.phase.at === 'asking' && popup.phase.note !== null && isWrong(popup.phase.note);
    const question = challenge.type === 'SECURITY_QUESTION';
    const digits = challenge.format?.kind === 'DIGITS' || (challenge.format == null && challenge.type === 'APP_CODE');
    return html`<label for="code">${question ? m.popup.answer : m.popup.code}</label>
      <input
        id="code"
        name="code"
        data-testid="code"
        class=${question ? '' : 'code'}
        type="text"
        inputmode=${digits ? 'numeric' : 'text'}
        autocomplete=${question ? 'off' : 'one-time-code'}
        autocapitalize="none"
        autocorrect="off"
        spellcheck="false"
        enterkeyhint="done"
        ?readonly=${locked}
        aria-describedby="line"
        aria-invalid=${wrong ? 'true' : nothing}
        @paste=${this.paste}
      />`;
  }

  private choices(challenge: Challenge, locked: boolean) {
    return html`<fieldset ?disabled=${locked}>
      <legend class="unseen">${promptWords(challenge, m)}</legend>
      ${(challenge.choices ?? []).map(
        (choice) =>
          html`<label class="check"
            ><input type="radio" name="choice" value=${choice.id} /><bdi>${choice.label}</bdi></label
          >`,
      )}
    </fieldset>`;
  }

  private line(popup: Popup) {
    const { challenge, phase } = popup;
    const words = siteWordsAbout(phase);
    const left = phase.at === 'asking' && phase.note?.say === 'invalid-code' ? phase.note.wrongCodesLeft : null;
    return html`<div class="line" id="line">
      <p class=${lineTone(popup)} role="status" aria-live="polite" data-testid="challenge-message">${this.lineText(popup)}</p>
      ${words ? this.quotation(challenge, words) : nothing}
      ${left !== null && left <= 3 && left > 0
        ? html`<p class="small quiet">${m.popup.attemptsLeft(left)}</p>`
        : nothing}
      ${challenge.type === 'APP_CODE' && phase.at === 'asking' && aboutToChange(live.clock.now())
        ? html`<p class="small advice" data-testid="code-advice">${m.popup.nextCodeAdvice}</p>`
        : nothing}
      ${this.startProblem ? html`<p class="error small" role="alert">${this.startProblem}</p>` : nothing}
    </div>`;
  }

  private lineText(popup: Popup): string {
    if (popup.phase.at === 'asking' && !canSeal()) return m.cannotSeal(location.hostname);
    if (popup.phase.at === 'asking' && this.timeIsUp()) return m.popup.deadlineNear;
    return lineWords(popup.phase, popup.challenge, m);
  }

  /** What can be asked for beside giving the code, as far as the site offers it. */
  private ways(popup: Popup) {
    const { challenge } = popup;
    const methods = challenge.methods ?? [];
    const extendable = isExtendable(challenge);
    if (challenge.resendFrom == null && methods.length === 0 && !extendable) return nothing;
    const over = this.timeIsUp();
    const wishes = canWish(popup) && !over;
    return html`<div class="ways" role="group" aria-label=${m.popup.ways}>
      ${challenge.resendFrom == null ? nothing : this.resendButton(challenge.resendFrom, wishes)}
      ${methods.length === 0 ? nothing : this.otherMethod(methods, wishes)}
      ${extendable
        ? html`<button type="button" class="way" ?disabled=${over} @click=${() => this.ask(new Event('kt-more-time'))}>
            ${m.popup.moreTime}
          </button>`
        : nothing}
    </div>`;
  }

  private resendButton(from: string, wishes: boolean) {
    const wait = left(from, live.clock.now());
    return html`<button
      type="button"
      class="way"
      data-testid="resend"
      ?disabled=${!wishes || wait > 0}
      @click=${() => this.ask(new Event('kt-resend'))}
    >
      ${wait > 0 ? m.popup.sendAgainIn(asClock(wait)) : m.popup.sendAgain}
    </button>`;
  }

  private otherMethod(methods: string[], wishes: boolean) {
    return html`<button
        type="button"
        class="way"
        aria-expanded=${this.choosing ? 'true' : 'false'}
        ?disabled=${!wishes}
        @click=${() => (this.choosing = !this.choosing)}
      >
        ${m.popup.otherMethod}
      </button>
      ${this.choosing
        ? html`<div class="methods">
            ${methods.map(
              (method) =>
                html`<button type="button" class="way" ?disabled=${!wishes} @click=${() => this.choose(method)}>
                  ${methodWords(method, m)}
                </button>`,
            )}
          </div>`
        : nothing}`;
  }

  private choose(method: string): void {
    this.choosing = false;
    this.ask(new CustomEvent('kt-method', { detail: method }));
  }

  /** The button may go or be disabled now: the focus is put where the next thing is done. */
  private ask(wish: Event): void {
    this.dispatchEvent(wish);
    this.focusField();
  }

  private askButtons(popup: Popup) {
    const asks = popup.phase.at === 'asking';
    const waits = popup.phase.at === 'checking' || popup.phase.at === 'refused';
    return html`${waits && this.others > 0
        ? html`<button type="button" @click=${() => this.tell('kt-next')}>${m.popup.next}</button>`
        : nothing}
      <button type="button" ?disabled=${!asks} @click=${() => this.tell('kt-cancel')}>${m.popup.cancel}</button>
      ${popup.challenge.type === 'APPROVAL'
        ? nothing
        : html`<button class="main" ?disabled=${!asks || this.timeIsUp() || !canSeal()}>${m.popup.validate}</button>`}`;
  }

  private endButtons(popup: Popup) {
    const over = popup.phase.at === 'over' ? popup.phase.over : null;
    const correct = over?.why === 'RUN_FAILED' && wantsCredentials(over.reason);
    const again = over?.why !== 'ALREADY_ANSWERED' && over?.why !== 'UNKNOWN_CHALLENGE';
    return html`<button type="button" @click=${() => this.tell('kt-close')}>${m.popup.close}</button>
      ${correct
        ? html`<a
            class="button main"
            href="#/accounts/${popup.challenge.accountId}/credentials"
            @click=${() => this.tell('kt-close')}
            >${m.accounts.correct}</a
          >`
        : again
          ? html`<button type="button" class="main" ?disabled=${!this.canStart} @click=${() => this.tell('kt-start-again')}>
              ${m.popup.startAgain}
            </button>`
          : nothing}`;
  }

  private readonly submit = (event: Event) => {
    event.preventDefault();
    const choice = this.renderRoot.querySelector<HTMLInputElement>('input[name=choice]:checked');
    const typed = this.input?.value ?? choice?.value ?? '';
    this.dispatchEvent(new CustomEvent('kt-submit', { detail: typed }));
  };

  private readonly paste = (event: ClipboardEvent) => {
    const input = this.input;
    const pasted = event.clipboardData?.getData('text') ?? '';
    if (input === null || input.readOnly || this.popup === null) return;
    const code = extractCode(pasted, this.popup.challenge.format);
    if (code === pasted) return;
    event.preventDefault();
    input.value = code;
  };

  private readonly key = (event: KeyboardEvent) => {
    const early = event.key === 'Enter' && ignoresEnter(this.shownAt, performance.now());
    if (early || event.key === 'Escape') event.preventDefault();
  };

  /** A browser may close a dialog all the same, at a second Escape or Android's back: then it opens again. */
  private readonly closed = () => {
    if (this.popup !== null && !this.held) this.comeForward();
  };

  private readonly typed = (event: Event) => {
    if (this.dialog?.open || !isTypedInto(event.composedPath()[0] as Element)) return;
    this.lastTyped = performance.now();
    if (this.held) this.knock();
  };

  /** Comes forward at once, or when the person who types elsewhere makes a pause. */
  private knock(): void {
    clearTimeout(this.knocking);
    const wait = waitForPause(isTypedInto(focused(document)), this.lastTyped, performance.now());
    if (wait === 0) return this.comeForward();
    this.held = true;
    this.knocking = setTimeout(() => this.popup !== null && this.knock(), wait);
  }

  private readonly comeForward = () => {
    clearTimeout(this.knocking);
    this.held = false;
    if (this.dialog.open) return;
    this.dialog.showModal();
    this.settle();
  };

  /** Puts the focus where the next thing is done. */
  private settle(): void {
    const at = this.popup?.phase.at;
    if (at === 'asking') this.focusField();
    else if (at === 'over') this.renderRoot.querySelector<HTMLElement>('.buttons .main:not(:disabled), .buttons button')?.focus();
    if (at === 'asking' || at === 'over') this.shownAt = performance.now();
  }

  private focusField(): void {
    const field = this.input ?? this.renderRoot.querySelector<HTMLElement>('input[name=choice]');
    field?.focus();
    if (this.popup?.phase.at === 'asking' && this.popup.phase.note?.say === 'format') this.input?.select();
  }

  /** Another challenge, attempt or round: nothing of what was typed before is left. */
  private begin(): void {
    if (this.input !== null) this.input.value = '';
    for (const choice of this.renderRoot.querySelectorAll<HTMLInputElement>('input[name=choice]')) choice.checked = false;
    this.leftBefore = Infinity;
    this.spoken = '';
    this.choosing = false;
  }

  private goAway(): void {
    clearTimeout(this.knocking);
    this.held = false;
    this.spoken = '';
    if (this.dialog.open) this.dialog.close();
  }

  private tick(): void {
    const { popup } = this;
    if (popup === null || popup.phase.at !== 'asking') return;
    const now = this.left(popup.challenge);
    const seconds = spokenBetween(this.leftBefore, now);
    this.leftBefore = now;
    if (seconds !== null) this.spoken = m.popup.spokenLeft(seconds);
    this.requestUpdate();
  }

  private timeIsUp(): boolean {
    return this.popup !== null && this.left(this.popup.challenge) === 0;
  }

  private left(challenge: Challenge): number {
    return left(challenge.deadline, live.clock.now());
  }

  private tell(what: string): void {
    this.dispatchEvent(new Event(what));
  }
}

function isAnother(before: Popup | null | undefined, popup: Popup): boolean {
  return before?.challenge.id !== popup.challenge.id || before.challenge.round !== popup.challenge.round;
}

function lineTone({ phase }: Popup): string {
  if (phase.at === 'asking' && phase.note !== null && !isWrong(phase.note)) {
    return phase.note.say === 'wished' ? 'said busy' : 'said news';
  }
  if (phase.at === 'asking' || phase.at === 'refused') return 'said wrong';
  return phase.at === 'over' ? 'said end' : 'said busy';
}
