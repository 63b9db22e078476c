/** What Home's API says. Times are ISO instants; `version` only grows for one resource. */

export type FieldType = 'TEXT' | 'EMAIL' | 'PASSWORD' | 'URL' | 'CHOICE';

export interface Choice {
  id: string;
  label: string;
}

export interface Field {
  name: string;
  label: string;
  help?: string | null;
  type: FieldType;
  pattern?: string | null;
  choices?: Choice[] | null;
  secret: boolean;
  required: boolean;
}

export interface Connector {
  slug: string;
  name: string;
  version: string;
  fields: Field[];
  hosts: string[];
  factors: string[];
  unattended: 'YES' | 'NO' | 'UNTIL_ASKED';
  sandbox: boolean;
}

export type Status =
  | 'IDLE'
  | 'QUEUED'
  | 'CONNECTING'
  | 'PRESUMED'
  | 'WAITING'
  | 'CHECKING'
  | 'CONNECTED'
  | 'FETCHING'
  | 'FAILED'
  | 'PAUSED';

export type RunState =
  | 'QUEUED'
  | 'CONNECTING'
  | 'PRESUMED'
  | 'WAITING'
  | 'CHECKING'
  | 'CONNECTED'
  | 'FETCHING'
  | 'DONE'
  | 'FAILED';

export interface Run {
  id: string;
  accountId: string;
  connector: string;
  label: string;
  trigger: string;
  state: RunState;
  since: string;
  queuedAt: string;
  startedAt?: string | null;
  endedAt?: string | null;
  reason?: string | null;
  words?: string | null;
  until?: string | null;
  correlationId?: string | null;
  documents: number;
  challengeId?: string | null;
  version: number;
}

export interface Account {
  id: string;
  connector: string;
  connectorName: string;
  label: string;
  status: Status;
  since: string;
  createdAt: string;
  credentialsVersion: number;
  credentials: 'SENDING' | 'SAVED' | 'REFUSED';
  refused?: null | { why: string; field?: string | null };
  paused: null | { why: string };
  erased: null | { state: 'ERASING' | 'ERASED'; until?: string | null };
  run: Run | null;
  version: number;
}

export interface TimelineEntry {
  position: number;
  type: string;
  at: string;
  runId: string;
  epoch?: number | null;
  late: boolean;
  data: Record<string, unknown>;
}

export interface CodeFormat {
  kind: 'DIGITS' | 'TEXT';
  length?: number | null;
  maxLength?: number | null;
}

export interface PublicJwk {
  kid: string;
  kty: string;
  crv: string;
  x: string;
  y: string;
  use?: string;
  alg?: string;
}

export type Outcome = 'ACCEPTED' | 'EXPIRED' | 'CANCELLED' | 'CLOSED' | 'RUN_ENDED';

export interface Challenge {
  id: string;
  accountId: string;
  runId: string;
  connector: string;
  connectorName: string;
  label: string;
  attempt: number;
  retryOf?: string | null;
  round: number;
  type: string;
  destination?: string | null;
  words?: string | null;
  format?: CodeFormat | null;
  choices?: Choice[] | null;
  methods?: string[] | null;
  resendFrom?: string | null;
  wrongCodesLeft?: number | null;
  deadline: string;
  extendableTo?: string | null;
  state: 'OPEN' | 'CHECKING' | 'REJECTED' | 'ENDED';
  outcome?: Outcome | null;
  rejected?: { by: string; why: string; words?: string | null } | null;
  jwk?: PublicJwk | null;
  version: number;
}

export interface StoredDocument {
  id: string;
  accountId: string;
  runId: string;
  name: string;
  mediaType: string;
  size: number;
  sha256: string;
  savedAt: string;
}

export interface Session {
  user: { id: string; name: string };
  expiresAt: string;
}

export type Verdict =
  | 'DELIVERED'
  | 'ALREADY_ANSWERED'
  | 'SUPERSEDED'
  | 'TOO_LATE'
  | 'CANCELLED'
  | 'PENDING'
  | 'MALFORMED'
  | 'UNKNOWN_CHALLENGE';

/** One event of the live stream; `now` is the server's clock when it was sent. */
export type StreamEvent =
  | { type: 'snapshot'; now: string; accounts: Account[]; challenges: Challenge[] }
  | { type: 'account'; now: string; account: Account }
  | { type: 'account-removed'; now: string; id: string; version: number }
  | { type: 'challenge'; now: string; challenge: Challenge }
  | { type: 'connectors'; now: string; connectors: Connector[] }
  | { type: 'heartbeat'; now: string; behind?: boolean }
  | { type: 'bye'; now: string; why: string };
