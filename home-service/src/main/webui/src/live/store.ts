import type { Account, Challenge, Connector, StreamEvent } from '../api/types.ts';

/** What the stream has said so far. Versions only grow: whatever is older than what stands here is ignored. */
export interface World {
  ready: boolean;
  accounts: Record<string, Account>;
  challenges: Record<string, Challenge>;
  removed: Record<string, number>;
  connectors: Connector[] | null;
}

export const emptyWorld: World = {
  ready: false,
  accounts: {},
  challenges: {},
  removed: {},
  connectors: null,
};

interface Versioned {
  id: string;
  version: number;
}

function newer<T extends Versioned>(known: T | undefined, said: T): T {
  return known !== undefined && known.version >= said.version ? known : said;
}

function put<T extends Versioned>(all: Record<string, T>, said: T): Record<string, T> {
  const kept = newer(all[said.id], said);
  return kept === all[said.id] ? all : { ...all, [said.id]: kept };
}

function merged<T extends Versioned>(known: Record<string, T>, said: T[]): Record<string, T> {
  return Object.fromEntries(said.map((one) => [one.id, newer(known[one.id], one)]));
}

function without<T>(all: Record<string, T>, id: string): Record<string, T> {
  const { [id]: _gone, ...rest } = all;
  return rest;
}

function withAccount(world: World, account: Account): World {
  const removedAt = world.removed[account.id];
  if (removedAt !== undefined && removedAt >= account.version) return world;
  return { ...world, accounts: put(world.accounts, account) };
}

/** A snapshot says what there is: what it does not name is gone. */
function withSnapshot(world: World, accounts: Account[], challenges: Challenge[]): World {
  const there = accounts.filter((one) => !((world.removed[one.id] ?? -1) >= one.version));
  return {
    ...world,
    ready: true,
    accounts: merged(world.accounts, there),
    challenges: merged(world.challenges, challenges),
  };
}

export function apply(world: World, event: StreamEvent): World {
  switch (event.type) {
    case 'snapshot':
      return withSnapshot(world, event.accounts, event.challenges);
    case 'account':
      return withAccount(world, event.account);
    case 'account-removed':
      return {
        ...world,
        accounts: without(world.accounts, event.id),
        removed: { ...world.removed, [event.id]: event.version },
      };
    case 'challenge':
      return { ...world, challenges: put(world.challenges, event.challenge) };
    case 'connectors':
      return { ...world, connectors: event.connectors };
    case 'heartbeat':
    case 'bye':
      return world;
  }
}

/** Accounts in the order in which people look for them: by label, then by site. */
export function accountsOf(world: World): Account[] {
  return Object.values(world.accounts).sort(
    (a, b) => a.label.localeCompare(b.label) || a.connectorName.localeCompare(b.connectorName),
  );
}

export function isOpen(account: Account): boolean {
  const run = account.run;
  return run !== null && run.state !== 'DONE' && run.state !== 'FAILED';
}
