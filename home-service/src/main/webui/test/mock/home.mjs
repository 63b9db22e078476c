// A small stand-in for Home: its API and stream from memory, for development, screenshots and tests of the page.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { compactDecrypt, exportJWK, generateKeyPair } from 'jose';

export const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html";

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

export const connectors = [
  {
    slug: 'sandbox',
    name: 'Sandbox',
    version: '1',
    fields: [
      { name: 'login', label: 'Login', help: 'One of the names on the page of the sandbox site', type: 'TEXT', secret: false, required: true },
      { name: 'password', label: 'Password', type: 'PASSWORD', secret: true, required: true },
    ],
    hosts: ['localhost'],
    factors: ['SMS', 'EMAIL', 'APP_CODE'],
    unattended: 'UNTIL_ASKED',
    sandbox: true,
  },
  {
    slug: 'keycloak',
    name: 'Keycloak',
    version: '1',
    fields: [
      { name: 'url', label: 'Address of the realm', help: 'Such as https://id.example.org/realms/main', type: 'URL', secret: false, required: true },
      { name: 'login', label: 'User name or e-mail', type: 'TEXT', secret: false, required: true },
      { name: 'password', label: 'Password', type: 'PASSWORD', secret: true, required: true },
      { name: 'factor', label: 'Preferred second factor', type: 'CHOICE', choices: [{ id: 'app', label: 'Authenticator app' }, { id: 'recovery', label: 'Recovery code' }], secret: false, required: false },
    ],
    hosts: ['your own server'],
    factors: ['APP_CODE', 'RECOVERY_CODE'],
    unattended: 'UNTIL_ASKED',
    sandbox: false,
  },
];

export class MockHome {
  accounts = new Map();
  challenges = new Map();
  runs = new Map();
  events = new Map();
  documents = new Map();
  requests = [];
  streams = new Set();
  streamsOpened = 0;
  refuseStreams = false;
  sessions = new Set();
  tokens = new Set();
  version = 1;
  /** Answers a code in clear: { status?, verdict } or null for no answer at all. */
  onCode = () => ({ verdict: 'DELIVERED' });
  /** Answers what is asked for beside a code: { status?, verdict }. */
  onWish = () => ({ verdict: 'DELIVERED' });
  skew = 0;

  static async start(folder, port = 0) {
    const home = new MockHome();
    home.folder = folder;
    const pair = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true });
    home.privateKey = pair.privateKey;
    home.jwk = { ...(await exportJWK(pair.publicKey)), kid: 'key-1', use: 'enc' };
    home.server = createServer((request, response) => {
      home.serve(request, response).catch((error) => response.destroy(error));
    });
    await new Promise((done) => home.server.listen(port, '127.0.0.1', done));
    home.port = home.server.address().port;
    home.url = `http://127.0.0.1:${home.port}`;
    home.heart = setInterval(() => home.emit('heartbeat', {}), 10_000);
    return home;
  }

  async stop() {
    clearInterval(this.heart);
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  now() {
    return new Date(Date.now() + this.skew).toISOString();
  }

  in(seconds) {
    return new Date(Date.now() + this.skew + seconds * 1000).toISOString();
  }

  link() {
    const token = `token-${this.version++}`;
    this.tokens.add(token);
    return `${this.url}/#login=${token}`;
  }

  emit(type, data) {
    for (const stream of this.streams) this.write(stream, type, data);
  }

  write(stream, type, data) {
    stream.write(`event: ${type}\ndata: ${JSON.stringify({ now: this.now(), ...data })}\n\n`);
  }

  dropStreams() {
    for (const stream of this.streams) stream.destroy();
  }

  account(changes) {
    const before = this.accounts.get(changes.id) ?? {
      connector: 'sandbox', connectorName: 'Sandbox', label: changes.id, status: 'IDLE', since: this.now(), createdAt: this.in(-86_400),
      credentialsVersion: 1, credentials: 'SAVED', paused: null, erased: null, run: null,
    };
    const account = { ...before, ...changes, version: this.version++ };
    this.accounts.set(account.id, account);
    if (account.run) this.runs.set(account.run.id, account.run);
    this.emit('account', { account });
    return account;
  }

  run(account, changes) {
    const before = this.accounts.get(account);
    const status = { DONE: 'CONNECTED' }[changes.state] ?? changes.state;
    const run = {
      id: `run-${this.version}`, accountId: account, connector: before.connector, label: before.label, trigger: 'MANUAL',
      state: 'QUEUED', since: this.now(), queuedAt: this.now(), documents: 0,
      ...(changes.id && changes.id !== before.run?.id ? {} : before.run), ...changes, version: this.version++,
    };
    return this.account({ id: account, status, run }).run;
  }

  challenge(changes) {
    const id = changes.id;
    const account = this.accounts.get(this.challenges.get(id)?.accountId ?? changes.accountId);
    const before = this.challenges.get(id) ?? {
      runId: account.run?.id ?? 'run-0', connector: account.connector, connectorName: account.connectorName, label: account.label,
      attempt: 1, round: 1, type: 'SMS', destination: '••42', format: { kind: 'DIGITS', length: 6 }, choices: [], methods: [],
      deadline: this.in(180), state: 'OPEN', jwk: { ...this.jwk, kid: `key-${id}` },
    };
    const challenge = { ...before, ...changes, version: this.version++ };
    this.challenges.set(id, challenge);
    this.emit('challenge', { challenge });
    return challenge;
  }

  /** A run of the account that waits for a code. */
  asks(account, changes = {}) {
    if (!this.accounts.has(account)) this.account({ id: account });
    const run = this.run(account, { id: `run-of-${account}-${this.version}`, state: 'WAITING' });
    return this.challenge({ id: `challenge-of-${account}-${this.version}`, accountId: account, runId: run.id, ...changes });
  }

  removeAccount(id) {
    this.accounts.delete(id);
    this.emit('account-removed', { id, version: this.version++ });
  }

  endSessions() {
    this.sessions.clear();
    this.emit('bye', { why: 'SESSION_ENDED' });
    for (const stream of this.streams) stream.end();
  }

  sent(method, path) {
    return this.requests.filter((one) => one.method === method && one.path === path);
  }

  async open(sealed) {
    const { plaintext, protectedHeader } = await compactDecrypt(sealed, this.privateKey);
    return { text: new TextDecoder().decode(plaintext), header: protectedHeader };
  }

  async serve(request, response) {
    const url = new URL(request.url, this.url);
    if (!url.pathname.startsWith('/api/')) return this.serveFile(url.pathname, response);
    let text = '';
    for await (const part of request) text += part;
    const body = text ? JSON.parse(text) : null;
    const path = url.pathname.slice('/api/'.length);
    this.requests.push({ method: request.method, path, query: url.search, body, origin: request.headers.origin, type: request.headers['content-type'] });
    const session = /keyturn_mock=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
    const answer = (status, value, headers = {}) => {
      response.writeHead(status, { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json', 'Cache-Control': 'no-store', ...headers });
      response.end(value === undefined ? '' : JSON.stringify(value));
    };
    const problem = (status, detail, more = {}, headers = {}) => answer(status, { type: 'about:blank', title: detail, status, detail, ...more }, headers);
    if (request.method === 'POST' && path === 'session') {
      if (!this.tokens.delete(body.token)) return problem(401, 'this link was used, or is too old');
      const id = `session-${this.version++}`;
      this.sessions.add(id);
      return answer(204, undefined, { 'Set-Cookie': `keyturn_mock=${id}; HttpOnly; SameSite=Strict; Path=/` });
    }
    if (!this.sessions.has(session)) return problem(401, 'not signed in');
    if (request.method !== 'GET' && request.headers['content-type'] !== 'application/json') return problem(403, 'Content-Type must be application/json');
    return this.api(request, response, path, url, body, session, answer, problem);
  }

  async api(request, response, path, url, body, session, answer, problem) {
    const [kind, id, what] = path.split('/');
    const route = `${request.method} ${kind}${id ? '/:id' : ''}${what ? `/${what}` : ''}`;
    switch (route) {
      case 'GET session':
        return answer(200, { user: { id: 'me', name: 'me' }, expiresAt: this.in(3600) });
      case 'DELETE session':
        this.sessions.delete(session);
        answer(204);
        return this.endSessions();
      case 'GET stream':
        return this.stream(request, response, problem);
      case 'GET connectors':
        return answer(200, connectors);
      case 'GET keys':
        return answer(200, { keys: [{ ...this.jwk, kid: 'sig', use: 'sig' }, { ...this.jwk, kid: 'fleet-1' }] });
      case 'POST accounts': {
        if ([...this.accounts.values()].some((one) => one.label === body.label && one.connector === body.connector))
          return problem(409, `there is an account ${body.label} already`, { field: 'label', value: body.label });
        const name = connectors.find((one) => one.slug === body.connector).name;
        return answer(201, this.account({ id: body.id, connector: body.connector, connectorName: name, label: body.label, credentials: 'SENDING' }));
      }
      case 'PUT accounts/:id/credentials':
        return answer(202, this.account({ id, credentials: 'SENDING', credentialsVersion: 2 }));
      case 'DELETE accounts/:id':
        this.account({ id, erased: { state: 'ERASING' } });
        return answer(202);
      case 'POST accounts/:id/runs': {
        const open = this.accounts.get(id).run;
        if (open && open.state !== 'DONE' && open.state !== 'FAILED') return problem(409, 'a run is open', { runId: open.id });
        return answer(202, this.run(id, { id: `run-${this.version}`, state: 'CONNECTING' }));
      }
      case 'GET runs':
        return answer(200, [...this.runs.values()].filter((one) => one.accountId === url.searchParams.get('account')).reverse());
      case 'GET runs/:id/events':
        return answer(200, this.events.get(id) ?? []);
      case 'POST runs/:id/cancel': {
        const run = this.runs.get(id);
        this.run(run.accountId, { id, state: 'FAILED', reason: 'CANCELLED' });
        return answer(202);
      }
      case 'GET documents':
        return answer(200, [...this.documents.values()].filter((one) => one.accountId === url.searchParams.get('account')));
      case 'GET challenges/:id':
        return this.challenges.has(id) ? answer(200, this.challenges.get(id)) : problem(404, 'not open', { verdict: 'UNKNOWN_CHALLENGE' });
      case 'POST challenges/:id/code': {
        const { text, header } = await this.open(body.sealed);
        const said = await this.onCode({ id, text, header, ...body });
        if (said === null) return response.destroy();
        const { status = 200, headers = {}, ...rest } = said;
        return status >= 400 ? problem(status, rest.verdict ?? 'refused', rest, headers) : answer(status, rest);
      }
      case 'POST challenges/:id/resend':
      case 'POST challenges/:id/method':
      case 'POST challenges/:id/extend': {
        const { status = 200, verdict } = await this.onWish({ id, what, ...body });
        return status >= 400 ? problem(status, verdict, { verdict }) : answer(status, { verdict });
      }
      case 'POST challenges/:id/cancel': {
        const { accountId } = this.challenge({ id, state: 'ENDED', outcome: 'CANCELLED' });
        answer(200, { verdict: 'CANCELLED' });
        return this.run(accountId, { state: 'FAILED', reason: 'USER_ACTION_NEEDED.TWOFA_CANCELLED' });
      }
      default:
        return problem(404, `no such thing: ${route}`);
    }
  }

  stream(request, response, problem) {
    if (this.refuseStreams) return problem(503, 'not now');
    this.streamsOpened += 1;
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    this.streams.add(response);
    response.on('close', () => this.streams.delete(response));
    const open = [...this.challenges.values()].filter((one) => one.state === 'OPEN' || one.state === 'CHECKING');
    this.write(response, 'snapshot', { accounts: [...this.accounts.values()], challenges: open });
  }

  async serveFile(path, response) {
    const name = path === '/' || !extname(path) ? '/index.html' : normalize(path);
    const headers = { 'Content-Security-Policy': CSP, 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'same-origin' };
    try {
      const bytes = await readFile(join(this.folder, name));
      response.writeHead(200, { ...headers, 'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream' });
      response.end(bytes);
    } catch {
      response.writeHead(404, headers);
      response.end();
    }
  }
}
