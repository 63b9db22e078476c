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
