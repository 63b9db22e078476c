import { css } from 'lit';

export const challengeStyles = css`
  header {
    display: flex;
    align-items: start;
    justify-content: space-between;
    gap: 1rem;
  }
  h2 {
    font-size: 1.25rem;
    letter-spacing: -0.01em;
  }
  .account,
  .destination {
    font-weight: 600;
    color: var(--ink);
  }
  .clock {
    flex: none;
    padding: 0.25rem 0.75rem;
    border-radius: 1rem;
    background: var(--surface-2);
    font-weight: 600;
  }
  .clock.near {
    background: var(--wait-soft);
    color: var(--wait);
  }
  .question {
    display: grid;
    gap: 0.375rem;
    margin-top: 1.125rem;
  }
  figure {
    margin: 0.5rem 0 0;
  }
  blockquote {
    margin: 0.125rem 0 0;
    padding: 0.5rem 0.875rem;
    border-left: 3px solid var(--line-strong);
    border-radius: 0 var(--radius-s) var(--radius-s) 0;
    background: var(--surface-2);
    max-height: 9rem;
    overflow: auto;
    white-space: pre-line;
  }
  form {
    margin-top: 1.25rem;
  }
  input.code {
    min-height: 56px;
    font: 600 1.5rem var(--mono);
    letter-spacing: 0.14em;
  }
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
  }
  fieldset .check {
    padding: 0.25rem 0.875rem;
    border: 1px solid var(--line);
    border-radius: var(--radius-s);
  }
  fieldset .check + .check {
    margin-top: 0.5rem;
  }
  fieldset .check:has(:checked) {
    border-color: var(--accent);
    background: var(--accent-soft);
  }
  .line {
    display: grid;
    gap: 0.375rem;
    margin-top: 0.625rem;
    min-height: 1.5rem;
  }
  .wrong {
    color: var(--bad);
    font-weight: 560;
  }
  .busy {
    display: flex;
    align-items: center;
    gap: 0.625rem;
    color: var(--busy);
    font-weight: 560;
  }
  .busy::before {
    content: '';
    flex: none;
    width: 16px;
    height: 16px;
    border: 2.5px solid var(--busy-soft);
    border-top-color: var(--busy);
    border-radius: 50%;
    animation: turn 0.9s linear infinite;
  }
  .news {
    color: var(--ink);
    font-weight: 560;
  }
  .ways,
  .methods {
    display: flex;
    flex-wrap: wrap;
    gap: 0.375rem;
  }
  .ways {
    margin-top: 0.875rem;
  }
  .methods {
    flex-basis: 100%;
    order: 1;
    padding-left: 0.875rem;
    border-left: 3px solid var(--line);
  }
  .way {
    padding: 0.375rem 0.5625rem;
    font-size: 0.875rem;
    font-variant-numeric: tabular-nums;
  }
  .advice {
    color: var(--wait);
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    justify-content: end;
    gap: 0.625rem;
    margin-top: 1.25rem;
  }
  .others {
    margin-top: 1rem;
    padding-top: 0.875rem;
    border-top: 1px solid var(--line);
  }
  .banner {
    position: fixed;
    inset: auto 1rem 1rem;
    z-index: 2;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.75rem 1.25rem;
    max-width: 44rem;
    margin: 0 auto;
    padding: 1rem 1.25rem;
    border: 1px solid var(--line);
    border-left: 4px solid var(--wait);
    border-radius: var(--radius);
    background: var(--surface);
    box-shadow: var(--shadow-2);
  }
  .banner p {
    flex: 1 1 16rem;
  }
  @media (max-width: 40rem) {
    .buttons > * {
      flex: 1 1 auto;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .busy::before {
      border: 0;
      width: 10px;
      height: 10px;
      background: var(--busy);
    }
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
`;
