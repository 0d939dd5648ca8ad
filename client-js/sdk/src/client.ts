import { LiveBoard, type BoardFilter } from './board.js';
import { LiveBookings, type BookingFilter } from './bookings.js';
import { Calls, type Reply, type RequestOptions } from './calls.js';
import { Connection, type ConnectionState } from './connection.js';
import { Emitter } from './events.js';
import { mutatingMethods, type Methods, type SessionHelloResult } from './generated/messages.js';
import { uuidv7 } from './key.js';
import type { Line, LiveView, Notification } from './line.js';
import { tooLarge } from './problem.js';
import { withRetries } from './retries.js';
import type { WebSocketClass } from './socket.js';
import { steadyNow } from './steady.js';
import { version } from './version.js';

export interface ClientOptions {
  /** Of the socket (`wss://places.example/ws`) or of the server (`https://places.example`). */
  url: string;
  /** A bearer token; without one the browser's session cookie counts. */
  token?: string;
  /** By default the global WebSocket, or that of the package `ws`. */
  webSocket?: WebSocketClass;
  /** Name of your program, told to the server. */
  client?: string;
  random?: () => number;
  now?: () => number;
}

export interface CallOptions {
  /** 30,000 by default: until then the call is repeated where that can help. */
  timeoutMs?: number;
  signal?: AbortSignal;
}

export type ClientEvents = {
  state: [state: ConnectionState];
  /** At each greeting, and each time that the server was asked whether it is still there. */
  hello: [hello: SessionHelloResult];
  /** Who is signed in, at each hello that says another than before. Views of another person's end. */
  user: [user: SessionHelloResult['user']];
  storeAvailable: [available: boolean];
  /** The connection has ended for good. */
  close: [code: number, reason: string];
  notification: [notification: Notification];
};

export type MutatingMethod = (typeof mutatingMethods)[number];

/** The parameters of a method; the `key` of a mutating one is made if it is not given. */
export type CallParams<Method extends keyof Methods> = Method extends MutatingMethod
  ? Omit<Methods[Method]['params'], 'key'> & { key?: string }
  : Methods[Method]['params'];

const isMutating = (method: keyof Methods) => (mutatingMethods as readonly string[]).includes(method);
const defaultTimeoutMs = 30_000;
const shortestSilenceMs = 10_000;

/**
 * A connection to a Placette server that comes back by itself: calls, and live views of places and bookings.
 */
export class PlacetteClient extends Emitter<ClientEvents> {
  /** What the server said at the last greeting. */
  hello: SessionHelloResult | undefined;
  storeAvailable = true;
  readonly #options: ClientOptions;
  readonly #random: () => number;
  readonly #now: () => number;
  readonly #connection: Connection;
  readonly #calls: Calls;
  readonly #views = new Set<LiveView>();
  readonly #line: Line;
  #token: string | undefined;
  #probing: Promise<void> | undefined;
  #skew = 0; // server's time - own time, in ms

  constructor(options: ClientOptions) {
    super();
    this.#options = options;
    this.#token = options.token;
    this.#random = options.random ?? Math.random;
    this.#now = options.now ?? steadyNow;
    this.#connection = new Connection({
      url: options.url,
      webSocket: options.webSocket,
      random: this.#random,
      now: this.#now,
      wall: options.now ?? Date.now,
      greet: () => this.#greet(),
      probe: () => void this.#probe(),
      doubt: () => void this.#doubt(),
      received: (frame) => this.#received(frame),
      lost: () => this.#calls.lost(),
      changed: (state) => this.#changed(state),
      closed: (code, reason) => this.#closed(code, reason),
    });
    this.#calls = new Calls((frame) => this.#send(frame), this.#connection.drop);
    this.#line = this.#makeLine();
  }

  get state(): ConnectionState {
    return this.#connection.state;
  }

  get user(): SessionHelloResult['user'] {
    return this.hello?.user ?? null;
  }

  /** Connects and stays connected; kept at the first hello, broken if the connection is closed for good. */
  async connect(): Promise<SessionHelloResult> {
    this.#connection.start();
    await this.#connection.whenOnline();
    return this.hello as SessionHelloResult;
  }

  /** Closes the connection and all live views. */
  close(): void {
    this.#connection.stop();
  }

  /** Signs in with a bearer token, now and after each reconnect. */
  async signIn({ token }: { token: string }): Promise<SessionHelloResult['user']> {
    await this.call('session.authenticate', { token });
    this.#token = token;
    await this.#sayHello();
    return this.user;
  }

  /**
   * Calls a method. Throws a `PlacetteProblem` if it is refused or not answered in time, and the reason of
   * `signal` if that is aborted: then, as after `outcome_unknown`, a change may still have been made.
   */
  async call<Method extends keyof Methods>(
    method: Method,
    params: CallParams<Method>,
    options: CallOptions = {},
  ): Promise<Methods[Method]['result']> {
    return this.#call(method, params, options);
  }

  watchBoard(filter: BoardFilter): LiveBoard {
    return new LiveBoard(this.#line, filter);
  }

  watchBookings(filter: BookingFilter = {}): LiveBookings {
    return new LiveBookings(this.#line, filter);
  }

  /** The server's time, in ms: what `staleAt`, `expiresAt` and the like compare with. */
  serverNow(): number {
    return this.#now() + this.#skew;
  }

  async #call<Method extends keyof Methods>(
    method: Method,
    params: object,
    { timeoutMs = defaultTimeoutMs, signal }: CallOptions,
    onReply?: (result: Methods[Method]['result']) => void,
  ): Promise<Methods[Method]['result']> {
    const mutating = isMutating(method);
    const keyed = mutating ? { key: uuidv7(this.#now()), ...params } : params;
    const silenceMs = Math.max(shortestSilenceMs, timeoutMs / 3);
    return withRetries(() => this.#request(method, keyed, { silenceMs, onReply }), {
      timeoutMs,
      signal,
      mutating,
      random: this.#random,
      whenOnline: () => this.#connection.whenOnline(),
    });
  }

  /** One attempt. */
  #request<Method extends keyof Methods>(
    method: Method,
    params: object,
    options: RequestOptions<Methods[Method]['result']> = { silenceMs: shortestSilenceMs },
  ): Promise<Methods[Method]['result']> {
    return this.#calls.request(method, params, options);
  }

  #send(frame: string): void {
    const limit = this.hello?.limits.frameBytes ?? Infinity;
    // No character takes more than 3 bytes: most frames need not be measured.
    if (frame.length * 3 > limit) {
      const bytes = new TextEncoder().encode(frame).length;
      if (bytes > limit) throw tooLarge(bytes, limit);
    }
    this.#connection.send(frame);
  }

  async #greet(): Promise<void> {
    if (this.#token !== undefined) await this.#request('session.authenticate', { token: this.#token });
    await this.#sayHello();
  }

  /** Asks for a sign of life, once at a time: without one the connection is given up. */
  #probe(): Promise<void> {
    return (this.#probing ??= this.#sayHello()
      .catch(() => {})
      .finally(() => (this.#probing = undefined)));
  }

  async #sayHello(): Promise<void> {
    const before = this.hello?.user ?? null;
    const asked = this.#now();
    const hello = await this.#request('session.hello', {
      client: this.#options.client ?? '@placette/client',
      version,
    });
    this.#skew = Date.parse(hello.serverTime) - (asked + this.#now()) / 2;
    this.hello = hello;
    // What was asked for by one person is not for the next, who may have signed in beside this page.
    if (before && before.id !== hello.user?.id) this.#closeViews();
    this.#storeIs(hello.storeAvailable);
    this.emit('hello', hello);
    if (JSON.stringify(hello.user) !== JSON.stringify(before)) this.emit('user', hello.user);
  }

  #received(frame: string): void {
    const messages: unknown = JSON.parse(frame);
    for (const message of (Array.isArray(messages) ? messages : [messages]) as (Reply | Notification)[]) {
      if ('method' in message) this.#notified(message);
      else this.#calls.answered(message);
    }
  }

  #notified(notification: Notification): void {
    const { method, params } = notification;
    if (method === 'store.changed') this.#storeIs(params.available);
    if (method === 'server.draining') this.#connection.drain(params.reconnectAfterMs);
    for (const view of this.#views) view.notified(notification);
    this.emit('notification', notification);
  }

  #storeIs(available: boolean): void {
    if (available === this.storeAvailable) return;
    this.storeAvailable = available;
    this.emit('storeAvailable', available);
  }

  #changed(state: ConnectionState): void {
    for (const view of this.#views) {
      if (state === 'online') view.online();
      else if (state !== 'draining') view.cut();
    }
    this.emit('state', state);
  }

  #closed(code: number, reason: string): void {
    this.#closeViews();
    this.emit('close', code, reason);
  }

  #closeViews(): void {
    for (const view of [...this.#views]) view.close();
  }

  /** Nobody knows what has happened since the server was last heard: views are stale until it has been asked. */
  async #doubt(): Promise<void> {
    for (const view of this.#views) view.cut();
    await this.#probe();
    if (this.#isOnline()) for (const view of this.#views) view.online();
  }

  #isOnline(): boolean {
    return this.state === 'online' || this.state === 'draining';
  }

  #makeLine(): Line {
    return {
      random: this.#random,
      serverNow: () => this.serverNow(),
      heardAt: () => this.#connection.heardAt + this.#skew,
      timezone: (territory) => this.#timezone(territory),
      call: (method, params, onReply) =>
        this.#call(method, params, {}, onReply as ((result: unknown) => void) | undefined),
      once: (method, params) => {
        if (this.#isOnline()) this.#request(method, params).catch(() => {});
      },
      join: (view) => {
        this.#views.add(view);
        if (this.#isOnline()) view.online();
      },
      leave: (view) => this.#views.delete(view),
      inUse: (name) => [...this.#views].some((view) => view.uses(name)),
    };
  }

  #timezone(territory: string): string {
    const known = this.hello?.territories.find(({ id }) => id === territory);
    // Of an unknown territory the server refuses the board anyway.
    return known?.timezone ?? 'UTC';
  }
}
