import type {
  Account,
  Challenge,
  Connector,
  PublicJwk,
  Run,
  Session,
  StoredDocument,
  TimelineEntry,
} from './types.ts';

/** A refusal in the API's words (RFC 9457), or the lack of an answer (`status` 0). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
    readonly field?: string,
    readonly verdict?: string,
    readonly runId?: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(detail);
  }
}

export interface VerdictAnswer {
  verdict: string;
}

interface Problem {
  title?: string;
  detail?: string;
  field?: string;
  verdict?: string;
  runId?: string;
}

/** Told when the API says that nobody is signed in; set by the application. */
export const whenSignedOut: { tell: () => void } = { tell: () => undefined };

async function failure(response: Response): Promise<ApiError> {
  const text = await response.text().catch(() => '');
  const problem = parseProblem(text);
  const retryAfter = Number(response.headers.get('Retry-After'));
  return new ApiError(
    response.status,
    problem.detail ?? problem.title ?? `HTTP ${response.status}`,
    problem.field,
    problem.verdict,
    problem.runId,
    retryAfter > 0 ? retryAfter : undefined,
  );
}

function parseProblem(text: string): Problem {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Problem) : {};
  } catch {
    return {};
  }
}

async function send(method: string, path: string, body?: unknown): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`/api/${path}`, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      // What changes something must say that it is JSON, also where there is no body to send.
      headers: method === 'GET' ? {} : { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (cause) {
    throw new ApiError(0, cause instanceof Error ? cause.message : 'no connection');
  }
  if (response.ok) return response;
  if (response.status === 401 && path !== 'session') whenSignedOut.tell();
  throw await failure(response);
}

async function json<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await send(method, path, body);
  return (await response.json()) as T;
}

const id = encodeURIComponent;

export const api = {
  session: () => json<Session>('GET', 'session'),
  signIn: (token: string) => send('POST', 'session', { token }),
  signOut: () => send('DELETE', 'session'),
  connectors: () => json<Connector[]>('GET', 'connectors'),
  keys: () => json<{ keys: PublicJwk[] }>('GET', 'keys'),
  addAccount: (account: { id: string; connector: string; label: string; sealed: string }) =>
    json<Account>('POST', 'accounts', account),
  removeAccount: (account: string, documents: boolean) =>
    send('DELETE', `accounts/${id(account)}?documents=${documents}`),
  correct: (account: string, sealed: string) =>
    json<Account>('PUT', `accounts/${id(account)}/credentials`, { sealed }),
  run: (account: string) => json<Run>('POST', `accounts/${id(account)}/runs`, { trigger: 'MANUAL' }),
  runs: (account: string, limit: number) =>
    json<Run[]>('GET', `runs?account=${id(account)}&limit=${limit}`),
  events: (run: string) => json<TimelineEntry[]>('GET', `runs/${id(run)}/events`),
  cancelRun: (run: string) => send('POST', `runs/${id(run)}/cancel`, {}),
  challenge: (challenge: string) => json<Challenge>('GET', `challenges/${id(challenge)}`),
  code: (challenge: string, submission: { submissionId: string; round: number; sealed: string }) =>
    json<VerdictAnswer>('POST', `challenges/${id(challenge)}/code`, submission),
  cancelChallenge: (challenge: string) =>
    json<VerdictAnswer>('POST', `challenges/${id(challenge)}/cancel`, {}),
  resend: (challenge: string, round: number) =>
    json<VerdictAnswer>('POST', `challenges/${id(challenge)}/resend`, { round }),
  method: (challenge: string, round: number, method: string) =>
    json<VerdictAnswer>('POST', `challenges/${id(challenge)}/method`, { round, method }),
  extend: (challenge: string, seconds: number) =>
    json<VerdictAnswer>('POST', `challenges/${id(challenge)}/extend`, { seconds }),
  documents: (account: string) => json<StoredDocument[]>('GET', `documents?account=${id(account)}`),
  documentAddress: (document: string) => `/api/documents/${id(document)}`,
};
