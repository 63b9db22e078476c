import type { Account, Challenge, Run } from '../../src/api/types.ts';
import type { World } from '../../src/live/store.ts';
import { emptyWorld } from '../../src/live/store.ts';

export function run(changes: Partial<Run> = {}): Run {
  return {
    id: 'run-1',
    accountId: 'account-1',
    connector: 'sandbox',
    label: 'ada',
    trigger: 'MANUAL',
    state: 'WAITING',
    since: '2026-01-01T10:00:00Z',
    queuedAt: '2026-01-01T10:00:00Z',
    documents: 0,
    version: 1,
    ...changes,
  };
}

export function account(changes: Partial<Account> = {}): Account {
  return {
    id: 'account-1',
    connector: 'sandbox',
    connectorName: 'Sandbox',
    label: 'ada',
    status: 'WAITING',
    since: '2026-01-01T10:00:00Z',
    createdAt: '2026-01-01T09:00:00Z',
    credentialsVersion: 1,
    credentials: 'SAVED',
    paused: null,
    erased: null,
    run: run(),
    version: 1,
    ...changes,
  };
}

export function challenge(changes: Partial<Challenge> = {}): Challenge {
  return {
    id: 'challenge-1',
    accountId: 'account-1',
    runId: 'run-1',
    connector: 'sandbox',
    connectorName: 'Sandbox',
    label: 'ada',
    attempt: 1,
    round: 1,
    type: 'SMS',
    destination: '••42',
    format: { kind: 'DIGITS', length: 6 },
    choices: [],
    methods: [],
    deadline: '2026-01-01T10:03:00Z',
    state: 'OPEN',
    jwk: null,
    version: 1,
    ...changes,
  };
}

export function world(accounts: Account[], challenges: Challenge[]): World {
  return {
    ...emptyWorld,
    ready: true,
    accounts: Object.fromEntries(accounts.map((one) => [one.id, one])),
    challenges: Object.fromEntries(challenges.map((one) => [one.id, one])),
  };
}
