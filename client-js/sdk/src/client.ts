import { addressesOf } from './address.js';
import { fullJitter, type Backoff } from './backoff.js';
import type { Batch } from './batch.js';
import { LiveBoard, type BoardDump, type BoardFilter } from './board.js';
import { LiveBookings, type BookingFilter } from './bookings.js';
import { Calls, type RequestOptions } from './calls.js';
import { Connection, type ConnectionState, type StateReason, type Transport } from './connection.js';
import { Deadline } from './deadline.js';
import { Emitter } from './events.js';
import type { SessionHelloResult } from './generated/messages.js';
import { httpFor, type Fetch, type Http } from './http-side.js';
import type { Line, Notification } from './line.js';
import type { Logger } from './logger.js';
import { isMutating, withKey, type CallOptions, type CallParams, type CallResult, type MethodName } from './methods.js';
import { unreachable } from './problem.js';
import { withRetries } from './retries.js';
import { Session } from './session.js';
import type { WebSocketClass } from './socket.js';
import { steadyNow } from './steady.js';
import { usualTiming, type Timing } from './timing.js';
import type { Token } from './token.js';
import { Views } from './views.js';

export interface ClientOptions {
  /** Of the socket (`wss://places.example/ws`) or of the server (`https://places.example`). */
  url: string;
  /** A bearer token, or what gives one at each connect; without one the browser's session cookie counts. */
  token?: Token;
  /** By default the global WebSocket, or that of the package `ws`. */
  webSocket?: WebSocketClass;
  /** Name of your program, told to the server. */
  client?: string;
  /** For snapshots, and where no WebSocket passes; `false`: nothing goes over HTTP. By default the global one. */
  fetch?: Fetch | false;
  /** How long things may take, in ms, where it is not to be as usual. */
  timing?: Partial<Timing>;
  logger?: Logger;
  random?: () => number;
  now?: () => number;
}

export type ClientEvents = {
  state: [state: ConnectionState, why: StateReason];
  /** What has failed and is tried again, or nobody has asked for: a call that fails tells it itself. */
  error: [error: Error];
  /** At each greeting, and each time that the server was asked whether it is still there. */
  hello: [hello: SessionHelloResult];
  /** Who is signed in, at each hello that says another than before. Views of another person's end. */
  user: [user: SessionHelloResult['user']];
  storeAvailable: [available: boolean];
  /** The connection has ended for good. */
  close: [code: number, reason: string];
  notification: [notification: Notification];
};

/** Until the server has told its own. */
const usualLimits = { batch: 50, frameBytes: Infinity };

/**
 * A connection to a Placette server that comes back by itself: calls, and live views of places and bookings.
 */
export class PlacetteClient extends Emitter<ClientEvents> {
  storeAvailable = true;
  readonly #timing: Timing;
  readonly #logger: Logger;
  readonly #random: () => number;
  readonly #backoff: Backoff;
  readonly #now: () => number;
  readonly #session: Session;
  readonly #http: Http | undefined;
  readonly #connection: Connection;
  readonly #calls: Calls;
  readonly #views = new Views();
  readonly #line: Line;
  #batch: Batch | undefined;

  constructor(options: ClientOptions) {
    super();
    this.#timing = { ...usualTiming, ...options.timing };
    this.#logger = options.logger ?? {};
    this.#random = options.random ?? Math.random;
    this.#backoff = fullJitter(this.#timing, this.#random);
    this.#now = options.now ?? steadyNow;
    this.#session = new Session({
      token: options.token,
      client: options.client ?? '@placette/client',
      now: this.#now,
      request: (method, params) => this.#calls.request(method, params, { silenceMs: this.#timing.reply }),
      greeted: (hello, before) => this.#greeted(hello, before),
    });
    const addresses = addressesOf(options.url);
    this.#http = httpFor(options.fetch, addresses, () => ({
      bearer: this.#session.bearer,
      silenceMs: this.#timing.reply,
    }));
    this.#connection = new Connection({
      url: addresses.socket,
      webSocket: options.webSocket,
      polling: this.#http?.polling({ everyMs: this.#timing.poll, serverNow: () => this.serverNow() }),
      timing: this.#timing,
      backoff: this.#backoff,
      now: this.#now,
      wall: options.now ?? Date.now,
      greet: () => this.#session.greet(),
      mayRenew: () => this.#session.mayRenew,
      probe: () => void this.#session.probe(),
      doubt: () => void this.#doubt(),
      received: (frame) => this.#calls.received(frame) || this.#connection.drop('no JSON'),
      failed: (error) => this.#failed(error),
      lost: () => this.#calls.lost(),
      changed: (state, why) => this.#changed(state, why),
      closed: (code, reason) => this.#closed(code, reason),
    });
    this.#calls = new Calls({
      send: (frame) => this.#connection.send(frame),
      limits: () => this.hello?.limits ?? usualLimits,
      heardAt: () => this.#connection.heardAt,
      now: this.#now,
      onSilence: () => this.#connection.drop(),
      notified: (notification) => this.#notified(notification),
      failed: (error) => this.#failed(error),
      tell: (line) => this.#logger.debug?.(`placette: ${line}`),
    });
    this.#line = this.#makeLine();
  }

  get state(): ConnectionState {
    return this.#connection.state;
  }

  get transport(): Transport {
    return this.#connection.transport;
  }

  /** What the server said at the last greeting. */
  get hello(): SessionHelloResult | undefined {
    return this.#session.hello;
  }

  get user(): SessionHelloResult['user'] {
    return this.#session.user;
  }

  /**
   * Connects and stays connected; kept at the first hello, broken if the connection is closed for good. Where
   * `timeoutMs` or `signal` ends it before, the client is closed.
   */
  async connect({ timeoutMs, signal }: CallOptions = {}): Promise<SessionHelloResult> {
    signal?.throwIfAborted();
    const isFirst = this.#connection.start();
    const deadline = new Deadline(timeoutMs, signal);
    try {
      await deadline.race(this.#connection.whenOnline());
      return this.hello as SessionHelloResult;
    } catch (error) {
      if (isFirst) this.close();
      throw deadline.passed ? unreachable() : error;
    } finally {
      deadline.end();
    }
  }

  /** Closes the connection and all live views. */
  close(): void {
    this.#connection.stop();
  }

  /** Signs in with a bearer token, now and after each reconnect. */
  async signIn({ token }: { token: string }): Promise<SessionHelloResult['user']> {
    await this.call('session.authenticate', { token });
    await this.#session.signIn(token);
    return this.user;
  }

  /**
   * Calls a method, as soon as there is a connection. What fails for a time is repeated until the deadline, and has one
   * effect.
   */
  async call<Method extends MethodName>(
    method: Method,
    params: CallParams<Method>,
    options: CallOptions = {},
  ): Promise<CallResult<Method>> {
    return this.#call(method, params, options);
  }

  /** The calls that `make` makes leave in one frame: `client.batch(() => Promise.all([client.call(…), …]))`. */
  batch<Made>(make: () => Made): Made {
    this.#batch = this.#calls.newBatch();
    try {
      return make();
    } finally {
      this.#batch = undefined;
    }
  }

  /** Places kept true; from a `dump` of the same filter there is something to show before the server has answered. */
  watchBoard(filter: BoardFilter, dump?: BoardDump): LiveBoard {
    return new LiveBoard(this.#line, filter, dump);
  }

  watchBookings(filter: BookingFilter = {}): LiveBookings {
    return new LiveBookings(this.#line, filter);
  }

  /** The server's time, in ms: what `staleAt`, `expiresAt` and the like compare with. */
  serverNow(): number {
    return this.#session.serverNow;
  }

  async #call<Method extends MethodName>(
    method: Method,
    params: object,
    { timeoutMs = this.#timing.call, signal, onReply }: CallOptions & Pick<RequestOptions, 'onReply'>,
  ): Promise<CallResult<Method>> {
    const keyed = withKey(method, params, this.#now());
    const batch = this.#batch;
    const attempt = (failures: number) => {
      // What did not come in time may be large, and the link slow: it is given more.
      const silenceMs = Math.max(this.#timing.reply * 2 ** failures, timeoutMs / 3);
      return this.#calls.request(method, keyed, { silenceMs, onReply, batch: failures === 0 ? batch : undefined });
    };
    return withRetries(attempt as (failures: number) => Promise<CallResult<Method>>, {
      timeoutMs,
      signal,
      mutating: isMutating(method),
      backoff: this.#backoff,
      whenOnline: () => this.#connection.whenOnline(),
      reconnects: true,
    });
  }

  #greeted(hello: SessionHelloResult, before: SessionHelloResult['user']): void {
    this.#http?.hope();
    // What was asked for by one person is not for the next, who may have signed in beside this page.
    if (before && before.id !== hello.user?.id) this.#views.close();
    this.#storeIs(hello.storeAvailable);
    this.emit('hello', hello);
    if (JSON.stringify(hello.user) !== JSON.stringify(before)) this.emit('user', hello.user);
  }

  #notified(notification: Notification): void {
    const { method, params } = notification;
    if (method === 'store.changed') this.#storeIs(params.available);
    if (method === 'server.draining') this.#connection.drain(params.reconnectAfterMs);
    this.#views.notified(notification);
    this.emit('notification', notification);
  }

  #storeIs(available: boolean): void {
    if (available === this.storeAvailable) return;
    this.storeAvailable = available;
    this.emit('storeAvailable', available);
  }

  #changed(state: ConnectionState, why: StateReason): void {
    this.#logger.debug?.(`placette: ${state}`, why);
    this.#views.changed(state);
    this.emit('state', state, why);
  }

  #failed(error: Error): void {
    this.#logger.warn?.(`placette: ${error.message}`);
    this.emit('error', error);
  }

  #closed(code: number, reason: string): void {
    this.#views.close();
    this.emit('close', code, reason);
  }

  /** Nobody knows what has happened since the server was last heard: views are stale until it has been asked. */
  async #doubt(): Promise<void> {
    this.#views.cut();
    await this.#session.probe();
    if (this.#isOnline()) this.#views.online();
  }

  #isOnline(): boolean {
    return this.state === 'online' || this.state === 'draining';
  }

  #makeLine(): Line {
    return {
      random: this.#random,
      backoff: this.#backoff,
      callMs: this.#timing.call,
      serverNow: () => this.serverNow(),
      heardAt: () => this.#session.toServer(this.#connection.heardAt),
      timezone: (territory) => this.#session.timezone(territory),
      call: (method, params, options) => this.#call(method, params, options),
      readBoard: async (filter, signal, onProgress) =>
        this.transport === 'polling' ? undefined : this.#http?.readBoard(filter, { signal, onProgress }),
      once: (method, params) => {
        if (this.#isOnline()) this.#calls.request(method, params, { silenceMs: this.#timing.reply }).catch(() => {});
      },
      join: (view) => {
        this.#views.add(view);
        if (this.#isOnline()) view.online();
      },
      leave: (view) => this.#views.delete(view),
      inUse: (name) => this.#views.uses(name),
      failed: (error) => this.#failed(error),
    };
  }
}
