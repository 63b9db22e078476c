import { css } from 'lit';

/** What all components share: type, buttons, fields, cards. */
export const base = css`
  :host {
    display: block;
    box-sizing: border-box;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h1 {
    font-size: 1.625rem;
    line-height: 1.2;
    letter-spacing: -0.015em;
    font-weight: 680;
  }
  h2 {
    font-size: 1.0625rem;
    line-height: 1.3;
    font-weight: 650;
  }
  a {
    color: var(--accent);
  }
  bdi,
  .wrap {
    overflow-wrap: anywhere;
  }
  .quiet {
    color: var(--ink-2);
  }
  .small {
    font-size: 0.875rem;
  }
  .error {
    color: var(--bad);
  }
  .card {
    background: var(--surface);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    box-shadow: var(--shadow-1);
    padding: 1.25rem;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  button,
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5rem;
    min-height: var(--touch);
    padding: 0.5rem 1rem;
    border: 1px solid var(--line);
    border-radius: var(--radius-s);
    background: var(--surface);
    color: var(--ink);
    font: inherit;
    font-size: 0.9375rem;
    font-weight: 560;
    line-height: 1.2;
    text-decoration: none;
    cursor: pointer;
    transition:
      background-color 0.12s,
      border-color 0.12s;
  }
  button:hover:not(:disabled),
  .button:hover {
    background: var(--surface-2);
  }
  button.main,
  .button.main {
    border-color: transparent;
    background: var(--accent);
    color: var(--on-accent);
  }
  button.main:hover:not(:disabled),
  .button.main:hover {
    background: var(--accent-hover);
  }
  button.danger {
    color: var(--bad);
  }
  button.danger.main {
    background: var(--bad);
    color: var(--surface);
  }
  button.plain {
    border-color: transparent;
    background: none;
    color: var(--ink-2);
  }
  button.plain:hover:not(:disabled) {
    background: var(--surface-2);
    color: var(--ink);
  }
  button:disabled {
    opacity: 0.55;
    cursor: default;
  }
  :focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }

  label,
  .label {
    display: block;
    margin-bottom: 0.375rem;
    font-size: 0.9375rem;
    font-weight: 560;
  }
  input:not([type='checkbox'], [type='radio']),
  select {
    width: 100%;
    min-height: 48px;
    padding: 0.5rem 0.875rem;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-s);
    background: var(--surface);
    color: var(--ink);
    font: inherit;
  }
  input:focus-visible,
  select:focus-visible {
    outline-offset: 0;
    border-color: var(--accent);
  }
  input:disabled {
    background: var(--surface-2);
    color: var(--ink-2);
  }
  input[type='checkbox'],
  input[type='radio'] {
    flex: none;
    width: 20px;
    height: 20px;
    margin: 0;
    accent-color: var(--accent);
  }
  .check {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    min-height: var(--touch);
    margin: 0;
    font-weight: 450;
    cursor: pointer;
  }

  dialog {
    width: min(30rem, calc(100vw - 2rem));
    max-height: calc(100dvh - 2rem);
    padding: 1.5rem;
    overflow: auto;
    border: 0;
    border-radius: 18px;
    background: var(--surface);
    color: var(--ink);
    box-shadow: var(--shadow-2);
  }
  dialog::backdrop {
    background: var(--shade);
  }
  dialog:focus-visible {
    outline: none;
  }
  @media (max-width: 40rem) {
    dialog {
      padding: 1.25rem;
    }
    .card {
      padding: 1rem;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      transition: none !important;
      animation: none !important;
    }
  }
`;
