import type { Account, Challenge, Connector, Run, TimelineEntry } from '../../src/api/types.ts';

export const CSP: string;
export const connectors: Connector[];

export interface Received {
  id: string;
  text: string;
  header: Record<string, unknown>;
  submissionId: string;
  round: number;
  sealed: string;
}

export interface Wished {
  id: string;
  what: 'resend' | 'method' | 'extend';
  round?: number;
  method?: string;
  seconds?: number;
}

export interface Answer {
  status?: number;
  verdict?: string;
  headers?: Record<string, string>;
}

export interface Request {
  method: string;
  path: string;
  query: string;
  body: Record<string, string> | null;
  origin?: string;
  type?: string;
}

export class MockHome {
  static start(folder: string, port?: number): Promise<MockHome>;
  url: string;
  port: number;
  accounts: Map<string, Account>;
  challenges: Map<string, Challenge>;
  events: Map<string, TimelineEntry[]>;
  documents: Map<string, unknown>;
  requests: Request[];
  streams: Set<unknown>;
  streamsOpened: number;
  refuseStreams: boolean;
  sessions: Set<string>;
  skew: number;
  onCode: (received: Received) => Answer | null | Promise<Answer | null>;
  onWish: (wished: Wished) => Answer | Promise<Answer>;
  stop(): Promise<void>;
  now(): string;
  in(seconds: number): string;
  link(): string;
  emit(type: string, data: object): void;
  dropStreams(): void;
  account(changes: Partial<Account> & { id: string }): Account;
  run(account: string, changes: Partial<Run>): Run;
  challenge(changes: Partial<Challenge> & { id: string }): Challenge;
  asks(account: string, changes?: Partial<Challenge>): Challenge;
  removeAccount(id: string): void;
  endSessions(): void;
  sent(method: string, path: string): Request[];
  open(sealed: string): Promise<{ text: string; header: Record<string, unknown> }>;
}
