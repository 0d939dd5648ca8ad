import type { Backoff } from './backoff.js';
import { Gate } from './gate.js';
import { ConnectionLost, disconnected, PlacetteProblem } from './problem.js';
import { anyWebSocket, protocol, type WebSocketClass, type WebSocketLike } from './socket.js';
import { leap, Pulse } from './pulse.js';
import type { Timing } from './timing.js';
import { Upgrade, whenOpen } from './upgrade.js';

/**
 * `idle` before the first connect; `connecting` until the server has said hello; `waiting` between two
 * attempts; `draining` while the server is about to stop: still usable, a new connection follows; `closed`
 * for good.
 */
export type ConnectionState = 'idle' | 'connecting' | 'online' | 'waiting' | 'draining' | 'closed';

/** What carries the calls: where no WebSocket passes, the server is asked over HTTP again and again. */
export type Transport = 'websocket' | 'polling';

/** Why a connection has the state that it has. */
export interface StateReason {
  /** In English, for developers; empty where there is nothing to say. */
  reason: string;
  /** The close code, where a connection has ended. */
  code?: number;
  /** By what it is online. */
  transport?: Transport;
  /** When the next attempt is made, where one follows. */
  retryInMs?: number;
}

export interface ConnectionOptions {
  /** Of the socket. */
  url: string;
  webSocket: WebSocketClass | undefined;
  /** What stands for a socket where none passes; undefined: nothing does. */
  polling: (() => Promise<() => WebSocketLike>) | undefined;
  timing: Timing;
  backoff: Backoff;
  /** Ever forward, in ms. */
  now: () => number;
  /** What the device's clock shows, in ms. */
  wall: () => number;
  /** Signs in over the open socket; the connection is online when it is done. */
  greet(): Promise<void>;
  /** Nothing was heard for a while: asks for a sign of life. */
  probe(): void;
  /** The device slept, or somebody set its clock: what was known may be long past. */
  doubt(): void;
  received(frame: string): unknown;
  lost(): void;
  /** Another token may be had for one that has ended. */
  mayRenew(): boolean;
  /** What went wrong, and is tried again. */
  failed(error: Error): void;
  changed(state: ConnectionState, why: StateReason): void;
  closed(code: number, reason: string): void;
}

const ownClose = 1000;
const signedOut = 4500;
/** After so many that did not open, it is asked over HTTP. */
const blockedAfter = 2;

/** Keeps one socket open: dials, greets, and comes back with full jitter until it is closed for good. */
export class Connection {
  state: ConnectionState = 'idle';
  transport: Transport = 'websocket';
  /** When the server was last heard, in ms. */
  heardAt = 0;
  #socket: WebSocketLike | undefined;
  #failures = 0;
  #unopened = 0; // WebSockets, one after another
  #onlineSince = 0;
  #returnAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;
  readonly #online = new Gate();

  readonly #pulse: Pulse;
  readonly #upgrade: Upgrade;

  constructor(private readonly options: ConnectionOptions) {
    const { timing } = options;
    this.#pulse = new Pulse({ ...options, quietMs: timing.heartbeat, heardAt: () => this.heardAt });
    this.#upgrade = new Upgrade({
      open: () => this.#open(),
      firstMs: Math.min(timing.poll, timing.upgrade),
      mostMs: timing.upgrade,
      opened: (socket) => this.#changeTo(socket),
    });
  }

  /** False: it was started before. */
  start(): boolean {
    if (this.state !== 'idle' && this.state !== 'closed') return false;
    this.#online.shut();
    this.#failures = 0;
    globalThis.addEventListener?.('offline', this.#offline);
    globalThis.addEventListener?.('online', this.#hurry);
    globalThis.addEventListener?.('pageshow', this.#awake);
    globalThis.document?.addEventListener('visibilitychange', this.#awake);
    void this.#dial();
    return true;
  }

  stop(): void {
    this.#finish(ownClose, 'closed by the client');
  }

  /** Kept once calls can be made; broken when the connection is closed for good. */
  whenOnline(): Promise<void> {
    return this.#online.passage();
  }

  send(frame: string): void {
    if (!this.#socket) throw new ConnectionLost();
    this.#socket.send(frame);
  }

  /** Gives the socket up as dead, and comes back. */
  drop(reason = 'no answer'): void {
    if (this.#socket) this.#lost(1006, reason);
  }

  /** The server stops soon: come back in `ms`. */
  drain(ms: number): void {
    this.#returnAt = this.options.now() + ms;
    this.#after(ms, () => this.drop('the server stops'));
    this.#enter('draining', { reason: 'the server stops', retryInMs: ms });
  }

  async #dial(): Promise<void> {
    const attempt = ++this.#attempt;
    this.#enter('connecting');
    this.#limit();
    try {
      const socket = await this.#webSocket(attempt);
      if (!socket) return;
      this.transport = 'websocket';
      this.#unopened++;
      this.#listen(socket);
    } catch (error) {
      this.#finish(ownClose, 'no WebSocket can be made', error as Error);
    }
  }

  /**
   * WebSockets do not open. Where the server answers over HTTP it is there: if one last does not open now, it is asked
   * that way. A server that was away, and comes back to a crowd, has them all at their sockets.
   */
  async #dialOverHttp(polling: () => Promise<() => WebSocketLike>): Promise<void> {
    const attempt = ++this.#attempt;
    this.#after(undefined);
    const make = await polling().catch(() => undefined);
    const socket = make && (await this.#open());
    if (attempt !== this.#attempt) return socket?.close(); // stopped meanwhile
    if (socket) return this.#changeTo(socket);
    if (!make) return this.#retry(1006, 'no answer');
    this.transport = 'polling';
    this.#limit();
    this.#listen(make());
  }

  /** Undefined: it was stopped meanwhile. */
  async #webSocket(attempt = this.#attempt): Promise<WebSocketLike | undefined> {
    const WebSocket = this.options.webSocket ?? (await anyWebSocket());
    return attempt === this.#attempt ? new WebSocket(this.options.url, protocol) : undefined;
  }

  async #open(): Promise<WebSocketLike | undefined> {
    const socket = await this.#webSocket();
    return socket && whenOpen(socket, this.options.timing.connect);
  }

  /** What is begun now is to be greeted in time. */
  #limit(): void {
    this.#after(this.options.timing.connect, () => this.drop());
  }

  /** A WebSocket has opened, while it was asked over HTTP. */
  #changeTo(socket: WebSocketLike): void {
    this.#release();
    this.#online.shut();
    this.#onlineSince = 0;
    this.#limit();
    this.#enter('connecting', { reason: 'a WebSocket passes' });
    this.options.lost();
    this.transport = 'websocket';
    this.#listen(socket);
    void this.#opened(socket);
  }

  #listen(socket: WebSocketLike): void {
    this.#socket = socket;
    const current = () => this.#socket === socket; // events of a socket that was given up no longer count
    socket.addEventListener('open', () => current() && void this.#opened(socket));
    socket.addEventListener('message', ({ data }) => {
      if (!current()) return;
      this.heardAt = this.options.now();
      this.options.received(String(data));
    });
    socket.addEventListener('close', ({ code, reason }) => current() && this.#lost(code, reason));
    socket.addEventListener('error', () => {}); // a close follows
  }

  async #opened(socket: WebSocketLike): Promise<void> {
    if (this.transport === 'websocket') this.#unopened = 0;
    try {
      await this.options.greet();
    } catch (error) {
      if (this.#socket !== socket) return;
      if (error instanceof PlacetteProblem && !error.mayPass) return this.#finish(ownClose, error.type, error);
      this.options.failed(error as Error);
      return this.drop((error as Error).message);
    }
    if (this.#socket !== socket) return;
    this.#after(undefined);
    this.#onlineSince = this.options.now();
    this.#pulse.start();
    if (this.transport === 'polling') this.#upgrade.start();
    this.#enter('online', { reason: '', transport: this.transport });
    this.#online.open();
  }

  #lost(code: number, reason: string): void {
    if (this.#isFinal(code)) return this.#finish(code, reason);
    this.#release();
    const { polling } = this.options;
    const isBlocked = this.transport === 'websocket' && this.#unopened >= blockedAfter;
    if (polling && isBlocked) void this.#dialOverHttp(polling);
    else this.#retry(code, reason);
  }

  #retry(code: number, reason: string): void {
    const { now, backoff, timing } = this.options;
    // A connection that ends soon after its greeting is a failure too.
    if (this.#onlineSince > 0 && now() - this.#onlineSince > timing.connect) this.#failures = 0;
    const wait = Math.max(0, this.#returnAt - now()) + backoff(this.#failures++);
    this.#online.shut();
    this.#onlineSince = this.#returnAt = 0;
    this.#after(wait, () => void this.#dial());
    this.#enter('waiting', { code, reason, retryInMs: wait });
    this.options.lost();
  }

  /** The server's codes from 4500 to 4999 mean that coming back would not help. */
  #isFinal(code: number): boolean {
    return code >= 4500 && code <= 4999 && !(code === signedOut && this.options.mayRenew());
  }

  #finish(code: number, reason: string, problem: Error = disconnected(code, reason)): void {
    if (this.state === 'closed') return;
    globalThis.removeEventListener?.('offline', this.#offline);
    globalThis.removeEventListener?.('online', this.#hurry);
    globalThis.removeEventListener?.('pageshow', this.#awake);
    globalThis.document?.removeEventListener('visibilitychange', this.#awake);
    this.#after(undefined);
    this.#attempt++;
    this.#release();
    this.#online.bar(problem);
    this.#enter('closed', { code, reason });
    this.options.lost();
    this.options.closed(code, reason);
  }

  #release(): void {
    this.#pulse.stop();
    this.#upgrade.stop();
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  /** The page is looked at again: what it shows is asked after at once, and a lost connection is not waited for. */
  readonly #awake = (): void => {
    if (globalThis.document?.visibilityState === 'hidden') return;
    if (this.state === 'online' && this.options.now() - this.heardAt > leap) this.options.doubt();
    else this.#hurry();
  };

  readonly #offline = (): void => this.drop('the device is offline');

  readonly #hurry = (): void => {
    if (this.state !== 'waiting') return;
    this.#after(undefined);
    void this.#dial();
  };

  #after(ms: undefined): void;
  #after(ms: number, then: () => void): void;
  #after(ms: number | undefined, then: () => void = () => {}): void {
    clearTimeout(this.#timer);
    if (ms !== undefined) this.#timer = setTimeout(then, ms);
  }

  #enter(state: ConnectionState, why: StateReason = { reason: '' }): void {
    if (state === this.state) return;
    this.state = state;
    this.options.changed(state, why);
  }
}
