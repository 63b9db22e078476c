import { css, html, nothing } from 'lit';
import type { Account } from '../api/types.ts';
import { m } from '../messages/index.ts';
import { credentialsWords, dateAndTime, pausedWords, reasonWords, refusedWords } from '../messages/words.ts';
import './kt-status.ts';

/** How an account is shown wherever it is shown. */
export const accountStyles = css`
  .who {
    display: flex;
    align-items: center;
    gap: 0.875rem;
    min-width: 0;
  }
  .tile {
    flex: none;
    display: grid;
    place-items: center;
    width: 44px;
    height: 44px;
    border-radius: 12px;
    background: var(--accent-soft);
    color: var(--accent);
    font-size: 1.25rem;
    font-weight: 680;
  }
  .names {
    min-width: 0;
  }
  .told {
    display: grid;
    gap: 0.5rem;
    font-size: 0.9375rem;
  }
  blockquote {
    margin: 0;
    padding-left: 0.75rem;
    border-left: 3px solid var(--line);
    color: var(--ink-2);
  }
`;

export function tile(connectorName: string) {
  return html`<span class="tile" aria-hidden="true">${[...connectorName][0] ?? '·'}</span>`;
}

/** What there is to say beyond the status: what to do after a failure, what the site said, what holds it back. */
export function told(account: Account) {
  const { run } = account;
  const failed = account.status === 'FAILED' || account.status === 'PAUSED' ? run : null;
  const lines = [
    account.erased === null ? nothing : html`<p>${erasedWords(account)}</p>`,
    account.paused === null ? nothing : html`<p>${pausedWords(account.paused.why, m)}</p>`,
    failed?.reason == null ? nothing : html`<p>${reasonWords(failed.reason, m, failed.until)}</p>`,
    failed?.words == null || failed.words === ''
      ? nothing
      : html`<blockquote class="small">
          ${m.popup.siteSays(account.connectorName)} <bdi>${failed.words}</bdi>
        </blockquote>`,
    failed?.correlationId == null
      ? nothing
      : html`<p class="quiet small wrap">${m.accounts.correlation(failed.correlationId)}</p>`,
    account.credentials === 'REFUSED'
      ? html`<p>${refusedWords(account.refused?.why ?? '', account.refused?.field, m)}</p>`
      : nothing,
    account.credentials === 'SENDING' ? html`<p class="quiet small">${credentialsWords('SENDING', m)}</p>` : nothing,
  ].filter((line) => line !== nothing);
  return lines.length === 0 ? nothing : html`<div class="told">${lines}</div>`;
}

function erasedWords(account: Account): string {
  const until = account.erased?.until;
  return until == null ? m.accounts.erasing : m.accounts.erasedUntil(dateAndTime(until, m));
}
