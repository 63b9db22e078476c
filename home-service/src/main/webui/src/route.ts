/** What the page shows, from the address's fragment. */
export type Route =
  | { page: 'accounts' }
  | { page: 'add'; connector: string | null }
  | { page: 'account'; id: string }
  | { page: 'correct'; id: string };

export function routeOf(fragment: string): Route {
  const [first, second, third] = fragment.replace(/^#\/?/, '').split('/').map(decoded);
  if (first === 'add') return { page: 'add', connector: second || null };
  if (first === 'accounts' && second) {
    return third === 'credentials' ? { page: 'correct', id: second } : { page: 'account', id: second };
  }
  return { page: 'accounts' };
}

/**
 * The fragment for an address that was opened as a path, `/accounts/…` for `#/accounts/…`; null if it has its fragment
 * already or names nothing. A fragment never reaches the server, a path does, so both are good to be passed on.
 */
export function fragmentOf(pathname: string, fragment: string): string | null {
  const path = pathname.replace(/\/+$/, '');
  return path === '' || path === '/index.html' || fragment.length > 1 ? null : `#${path}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The token of a sign-in link, if the fragment holds one. */
export function loginToken(fragment: string): string | null {
  const match = /^#login=([^&]+)$/.exec(fragment);
  return match?.[1] === undefined ? null : decoded(match[1]);
}
