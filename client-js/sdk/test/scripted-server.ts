import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
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
  /** WebSocket upgrades are refused, as by a proxy that does not know them. */
  blocksUpgrades = false;
  /** What was asked over HTTP: method, path and body. */
  readonly asked: string[] = [];
  /** What is answered to a GET. */
  get: (path: string, request: IncomingMessage, response: ServerResponse) => void = (_, __, response) =>
    response.writeHead(404).end();
  /** POST /rpc answers nobody. */
  isDown = false;
  readonly #http = createServer((request, response) => void this.#overHttp(request, response));
  readonly #server = new WebSocketServer({ noServer: true, handleProtocols: () => 'placette.v1' });

  static async start(): Promise<ScriptedServer> {
    const server = new ScriptedServer();
    await new Promise<void>((resolve) => server.#http.listen(0, '127.0.0.1', resolve));
    return server;
  }

  constructor() {
    this.answer('session.hello', () => this.usualHello());
    this.answer('session.authenticate', () => ({ user: worker }));
    this.#http.on('upgrade', (request, tcp, head) => {
      if (this.blocksUpgrades) return void tcp.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      this.#server.handleUpgrade(request, tcp, head, (socket) => this.#accept(new Connection(socket)));
    });
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#http.address() as AddressInfo).port}/ws`;
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
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  #accept(connection: Connection): void {
    this.connections.push(connection);
    connection.socket.on('message', (data) => {
      const replies = this.#replies(String(data), connection);
      if (replies !== undefined) connection.send(replies);
    });
  }

  async #overHttp(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const part of request) body += part;
    const { method = '', url = '' } = request;
    this.asked.push(`${method} ${url} ${body}`.trim());
    if (method === 'GET') return this.get(url, request, response);
    if (this.isDown) return void response.socket?.destroy();
    // Nothing is notified over HTTP: there is no connection to do so.
    const replies = this.#replies(body, undefined as never);
    if (replies !== undefined) response.end(JSON.stringify(replies));
  }

  #replies(frame: string, connection: Connection): unknown {
    this.frames.push(frame);
    const calls = [JSON.parse(frame)].flat() as Received[];
    const replies = calls.flatMap(({ id, method, params }) => {
      this.received.push({ id, method, params, connection });
      const reply = this.#reply(method, params, connection);
      return reply === silence ? [] : { jsonrpc: '2.0', id, ...reply };
    });
    if (replies.length > 0) return frame.startsWith('[') ? replies : replies[0];
    return undefined;
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
