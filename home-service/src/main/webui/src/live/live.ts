import type { StreamEvent } from '../api/types.ts';
import { ServerClock } from './clock.ts';
import { apply, emptyWorld } from './store.ts';
import type { World } from './store.ts';
import { LiveStream, SILENCE } from './stream.ts';

export type Connection = 'connecting' | 'live' | 'lost';

/** What tabs of one browser tell each other. */
type Call =
  | { call: 'event'; event: StreamEvent; connection: Connection }
  | { call: 'learned'; event: StreamEvent }
  | { call: 'state'; world: World; connection: Connection; now: string }
  | { call: 'connection'; connection: Connection }
  | { call: 'join' }
  | { call: 'reconnect' }
  | { call: 'signed-out' }
  | { call: 'signed-in' };

const NAME = 'keyturn-stream';
/** How long a tab waits for a leader that it has called before it takes the stream over. */
const LEADER_ANSWERS = 3_000;

/**
 * The live state of Home, one stream for all tabs of a browser. The tab that holds the lock reads the stream and tells
 * the others; when it goes, the browser gives the lock to the next. A leader that does not answer (a frozen tab) is
 * replaced by taking the lock from it.
 */
export class Live extends EventTarget {
  world: World = emptyWorld;
  connection: Connection = 'connecting';
  readonly clock = new ServerClock();

  private readonly channel = new BroadcastChannel(NAME);
  private stream: LiveStream | null = null;
  private queue: AbortController | null = null;
  private letGo: (() => void) | null = null;
  private watch: ReturnType<typeof setTimeout> | undefined;
  private running = false;
  /** What the last heartbeat said. */
  private behind = false;

  constructor() {
    super();
    this.channel.onmessage = (message: MessageEvent<Call>) => this.heard(message.data);
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.reconnect();
    });
    addEventListener('online', () => this.reconnect());
    addEventListener('offline', () => {
      if (this.stream !== null) this.setConnection('lost');
    });
  }

  /** Starts with an empty state; call it when somebody is signed in. */
  start(): void {
    this.stop();
    this.running = true;
    this.world = emptyWorld;
    this.setConnection('connecting');
    this.waitForLock(false);
    this.call({ call: 'join' });
    this.expectLeader(LEADER_ANSWERS);
  }

  stop(): void {
    this.running = false;
    clearTimeout(this.watch);
    this.queue?.abort();
    this.queue = null;
    this.giveUpStream();
  }

  /** Tells the other tabs that somebody signed in here, or out. */
  announce(what: 'signed-in' | 'signed-out'): void {
    this.call({ call: what });
  }

  /** Connects anew, whoever holds the stream. */
  reconnect(): void {
    if (!this.running) return;
    if (this.stream !== null) this.stream.reconnect();
    else {
      this.call({ call: 'reconnect' });
      this.expectLeader(LEADER_ANSWERS);
    }
  }

  /** What one of Home's answers said before the stream does. */
  learn(event: StreamEvent): void {
    this.take(event);
    this.call({ call: 'learned', event });
  }

  private waitForLock(steal: boolean): void {
    if (navigator.locks === undefined) {
      // Without TLS there are no locks: each tab reads a stream of its own.
      this.lead();
      return;
    }
    this.queue?.abort();
    const queue = new AbortController();
    this.queue = queue;
    const options: LockOptions = steal ? { steal: true } : { signal: queue.signal };
    navigator.locks
      .request(NAME, options, () => {
        if (!this.running || queue.signal.aborted) return undefined;
        this.lead();
        return new Promise<void>((release) => (this.letGo = release));
      })
      .catch(() => {
        // Aborted by us, or the lock was taken from us: then wait in line for it again.
        if (this.queue !== queue) return;
        this.giveUpStream();
        this.waitForLock(false);
      });
  }

  private lead(): void {
    clearTimeout(this.watch);
    this.stream = new LiveStream({
      event: (event) => this.told(event),
      lost: () => this.setConnection('lost'),
      signedOut: () => {
        this.call({ call: 'signed-out' });
        this.signedOut();
      },
    });
    this.stream.connect();
  }

  /** A heartbeat says whether Home sees what happens: while it does not, what it tells is old. */
  private told(event: StreamEvent): void {
    if (event.type === 'heartbeat') this.behind = event.behind === true;
    const connection = this.behind ? 'lost' : 'live';
    this.take(event);
    this.call({ call: 'event', event, connection });
    this.setConnection(connection);
  }

  private giveUpStream(): void {
    this.stream?.close();
    this.stream = null;
    this.letGo?.();
    this.letGo = null;
  }

  private heard(call: Call): void {
    if (call.call === 'signed-in') {
      this.dispatchEvent(new Event('signed-in'));
      return;
    }
    if (!this.running) return;
    if (this.stream !== null) this.heardAsLeader(call);
    else this.heardAsFollower(call);
  }

  private heardAsLeader(call: Call): void {
    if (call.call === 'reconnect') this.stream?.reconnect();
    else if (call.call === 'signed-out') this.signedOut();
    else if (call.call === 'learned') this.take(call.event);
    if (call.call === 'join' || call.call === 'reconnect') {
      this.call({
        call: 'state',
        world: this.world,
        connection: this.connection,
        now: new Date(this.clock.now()).toISOString(),
      });
    }
  }

  private heardAsFollower(call: Call): void {
    switch (call.call) {
      case 'learned':
        this.take(call.event);
        return;
      case 'event':
        this.take(call.event);
        this.setConnection(call.connection);
        this.expectLeader(SILENCE);
        return;
      case 'state':
        if (call.world.ready) {
          this.clock.heard(call.now);
          this.world = call.world;
          this.changed();
        }
        this.setConnection(call.connection);
        this.expectLeader(SILENCE);
        return;
      case 'connection':
        this.setConnection(call.connection);
        this.expectLeader(SILENCE);
        return;
      case 'signed-out':
        this.signedOut();
        return;
      default:
        return;
    }
  }

  /** After a silence the leader is called, then replaced. */
  private expectLeader(milliseconds: number): void {
    clearTimeout(this.watch);
    this.watch = setTimeout(() => {
      if (!this.running || this.stream !== null) return;
      if (milliseconds === LEADER_ANSWERS) this.waitForLock(true);
      else this.reconnect();
    }, milliseconds);
  }

  private take(event: StreamEvent): void {
    this.clock.heard(event.now);
    const next = apply(this.world, event);
    if (next === this.world) return;
    this.world = next;
    this.changed();
  }

  private setConnection(connection: Connection): void {
    if (connection === this.connection) return;
    this.connection = connection;
    if (this.stream !== null) this.call({ call: 'connection', connection });
    this.changed();
  }

  private signedOut(): void {
    this.stop();
    this.world = emptyWorld;
    this.dispatchEvent(new Event('signed-out'));
  }

  private changed(): void {
    this.dispatchEvent(new Event('change'));
  }

  private call(call: Call): void {
    this.channel.postMessage(call);
  }
}
