import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Cell, Methods, Notifications, ProblemName, SessionHelloResult } from '../src/index.js';

/** One call as it came in. */
export interface Received {
  id: number;
  method: string;
  params: Record<string, unknown>;
  connection: Connection;
}

type Answer = (params: never, connection: Connection) => unknown;

/** A refusal, thrown by a script. */
export class Refusal extends Error {
  constructor(
    readonly type: ProblemName,
    readonly more: { temporary?: boolean; retryAfterMs?: number; field?: string } = {},
  ) {
    super(type);
  }
}

/** Answered never. */
export const silence = Symbol('silence');

/** One client's connection, seen from the server. */
export class Connection {
  constructor(readonly socket: WebSocket) {}

  send(message: unknown): void {
    this.socket.send(JSON.stringify(message));
  }

  notify<Name extends keyof Notifications>(method: Name, params: Notifications[Name]): void {
    this.send({ jsonrpc: '2.0', method, params });
  }

  /** Several frames that arrive together. */
  together(send: () => void): void {
    const { _socket: tcp } = this.socket as unknown as { _socket: { cork(): void; uncork(): void } };
    tcp.cork();
    send();
    tcp.uncork();
  }
}

/** Speaks the protocol's frames over real sockets; what it answers is scripted by each test. */
export class ScriptedServer {
  readonly received: Received[] = [];
  readonly frames: string[] = [];
  readonly connections: Connection[] = [];
  now: () => number = Date.now;
  hello: Partial<SessionHelloResult> = {};
  readonly #answers = new Map<string, Answer>();
  readonly #server = new WebSocketServer({
    host: '127.0.0.1',
    port: 0,
    handleProtocols: () => 'placette.v1',
  });

  static async start(): Promise<ScriptedServer> {
    const server = new ScriptedServer();
    await new Promise((resolve) => server.#server.on('listening', resolve));
    return server;
  }

  constructor() {
    this.answer('session.hello', () => this.usualHello());
    this.answer('session.authenticate', () => ({ user: worker }));
    this.#server.on('connection', (socket) => this.#accept(new Connection(socket)));
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}/ws`;
  }

  /** The newest connection. */
  get connection(): Connection {
    const last = this.connections.at(-1);
    if (!last) throw new Error('nobody has connected');
    return last;
  }

  answer<Method extends keyof Methods>(
    method: Method,
    answer: (params: Methods[Method]['params'], connection: Connection) => Methods[Method]['result'] | typeof silence,
  ): void {
    this.#answers.set(method, answer as Answer);
  }

  calls(method: string): Received[] {
    return this.received.filter((call) => call.method === method);
  }

  /** Cuts every connection without a word. */
  cut(): void {
    for (const { socket } of this.connections) socket.terminate();
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #accept(connection: Connection): void {
    this.connections.push(connection);
    connection.socket.on('message', (data) => {
      const frame = String(data);
      this.frames.push(frame);
      const calls = [JSON.parse(frame)].flat() as Received[];
      const replies = calls.flatMap(({ id, method, params }) => {
        this.received.push({ id, method, params, connection });
        const reply = this.#reply(method, params, connection);
        return reply === silence ? [] : { jsonrpc: '2.0', id, ...reply };
      });
      if (replies.length > 0) connection.send(frame.startsWith('[') ? replies : replies[0]);
    });
  }

  #reply(method: string, params: unknown, connection: Connection): object | typeof silence {
    try {
      const answer = this.#answers.get(method);
      if (!answer) throw new Refusal('unknown_method');
      const result = answer(params as never, connection);
      return result === silence ? silence : { result };
    } catch (error) {
      const { type, more } = error as Refusal;
      const data = {
        type: `urn:placette:problem:${type}`,
        title: 'Refusé.',
        status: 409,
        detail: type,
        temporary: false,
      };
      return { error: { code: -32000, message: type, data: { ...data, ...more } } };
    }
  }

  usualHello(): SessionHelloResult {
    return {
      server: 'scripted',
      version: '0',
      serverTime: new Date(this.now()).toISOString(),
      user: worker,
      territories: [{ id: 'plaine', name: 'Plaine', timezone: 'Europe/Paris' }],
      limits: {
        frameBytes: 262_144,
        frameBytesBeforeSignIn: 16_384,
        batch: 50,
        subscriptions: 8,
        cells: 500,
        places: 60,
        holdSeconds: 300,
        ratePerSecond: null,
      },
      storeAvailable: true,
      ...this.hello,
    };
  }
}

export const worker = {
  id: 'worker@demo',
  name: 'Sacha Exemple',
  roles: ['worker' as const],
  facilities: [],
  offices: [],
};

export function cellOf(version: number, more: Partial<Cell> = {}): Cell {
  return {
    facility: 'lucioles',
    date: '2026-11-25',
    period: 'matin',
    section: 'moyens',
    open: version,
    reserved: 0,
    vip: 0,
    other: 0,
    held: 0,
    free: { vip: version, other: version },
    overcommitted: false,
    closed: false,
    confirmedAt: '2026-11-24T16:02:11Z',
    staleAt: '2026-11-25T23:00:00Z',
    version,
    ...more,
  };
}
