/** A pause in somebody's typing after which the popup may come forward. */
export const PAUSE = 2_000;
/** How long a popup that has just come forward ignores Enter: it was meant for something else. */
export const ENTER_IGNORED = 1_000;

/** Milliseconds that the popup still waits so as not to take the focus from somebody who types; 0: come forward. */
export function waitForPause(editing: boolean, lastTyped: number | null, now: number): number {
  if (!editing || lastTyped === null) return 0;
  return Math.max(0, lastTyped + PAUSE - now);
}

export function ignoresEnter(shownAt: number, now: number): boolean {
  return now - shownAt < ENTER_IGNORED;
}

/** The element that has the focus, through all shadow roots. */
export function focused(root: DocumentOrShadowRoot): Element | null {
  const active = root.activeElement;
  return active?.shadowRoot == null ? active : (focused(active.shadowRoot) ?? active);
}

const NOT_TYPED_INTO = new Set(['button', 'checkbox', 'radio', 'submit', 'reset', 'file', 'image', 'range', 'color']);

/** Whether an element is one that somebody types in. */
export function isTypedInto(element: Element | null): boolean {
  if (element === null) return false;
  if (element.localName === 'input') return !NOT_TYPED_INTO.has((element as HTMLInputElement).type);
  return element.localName === 'textarea' || (element as HTMLElement).isContentEditable === true;
}
