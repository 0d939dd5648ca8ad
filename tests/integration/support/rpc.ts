import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import WebSocket from 'ws';
import type { Methods, Notifications, Problem, ProblemName } from '../../../client-js/sdk/src/generated/messages.js';
import { mustFit, note } from './schemas.js';
import type { Server } from './server.js';
import { within } from './until.js';

export type Method = keyof Methods;
export type Params<M extends Method> = Methods[M]['params'];
export type Result<M extends Method> = Methods[M]['result'];
export type NotificationName = keyof Notifications;
export interface Notification<N extends NotificationName = NotificationName> {
  method: N;
  params: Notifications[N];
}

/** An error reply. */
export class Refusal extends Error {
  readonly problem: ProblemName;
  constructor(
    readonly method: string,
    readonly code: number,
    readonly data: Problem,
  ) {
    super(`${method}: ${data.type} ${data.field ?? ''} ${data.detail}`);
    this.problem = data.type.replace('urn:placette:problem:', '') as ProblemName;
  }
}

/** The connection ended first: whether the call was executed is not known. */
export class Lost extends Error {}

export interface ConnectOptions {
  token?: string;
  cookie?: string;
  origin?: string;
  protocol?: string | undefined;
}

/** A new key for a new intent. */
export const key = (): string => randomUUID();

interface Waiting {
  method: string;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/**
 * A JSON-RPC connection that adds nothing to the protocol: no retries, no keys. Every reply and notification is
 * checked against its schema. Emits `message` for each parsed frame, and each notification under its name.
 */
export class Rpc extends EventEmitter {
  readonly notifications: Notification[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  private readonly waiting = new Map<unknown, Waiting>();
  private lastId = 0;

  private constructor(readonly socket: WebSocket) {
    super();
    this.setMaxListeners(0);
    socket.on('message', (data) => this.received(String(data)));
    socket.on('error', () => {}); // a close follows
    this.closed = new Promise((resolve) =>
      socket.once('close', (code, reason) => {
        this.lost();
        resolve({ code, reason: String(reason) });
      }),
    );
  }

  static async connect(server: Pick<Server, 'webSocketUrl'>, options: ConnectOptions = {}): Promise<Rpc> {
    const { token, cookie, origin } = options;
    const protocol = 'protocol' in options ? options.protocol : 'placette.v1';
    const headers = {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(cookie && { cookie }),
    };
    const socket = new WebSocket(server.webSocketUrl, protocol ? [protocol] : [], {
      headers,
      perMessageDeflate: false,
      allowSynchronousEvents: false, // who awaits a reply acts on it before the next frame is told
      ...(origin && { origin }),
    });
    const rpc = new Rpc(socket);
    await within('the connection opens', once(socket, 'open'));
    return rpc;
  }

  get isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  /** The result, or a Refusal. */
  call<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
    return this.ask(method, params) as Promise<Result<M>>;
  }

  /** The same for what the types would not allow. */
  ask(method: string, params?: unknown, id: unknown = ++this.lastId): Promise<unknown> {
    const reply = this.replyTo(id, method);
    this.send({ jsonrpc: '2.0', id, method, ...(params !== undefined && { params }) });
    return reply;
  }

  /** The refusal that is due: a success is an error here. */
  async refused(method: string, params?: unknown): Promise<Refusal> {
    try {
      const result = await this.ask(method, params);
      throw new Error(`${method} was not refused: ${JSON.stringify(result)}`);
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  }

  /** Several calls in one frame: their outcomes in the same order. */
  async batch(calls: { method: string; params?: unknown }[]): Promise<PromiseSettledResult<unknown>[]> {
    const frame = calls.map((call) => ({ jsonrpc: '2.0', id: ++this.lastId, ...call }));
    const replies = frame.map(({ id, method }) => this.replyTo(id, method));
    this.send(frame);
    return Promise.allSettled(replies);
  }

  send(message: object | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** The next frame, parsed. Ask before what causes it. */
  async nextMessage(): Promise<any> {
    const [message] = await within('a message comes', once(this, 'message'));
    return message;
  }

  /** The first notification of that name that fits, also among those received before. */
  async notified<N extends NotificationName>(
    name: N,
    fits: (params: Notifications[N]) => boolean = () => true,
    deadlineMs?: number,
  ): Promise<Notifications[N]> {
    const known = this.notifications.find((one) => one.method === name && fits(one.params as Notifications[N]));
    if (known) return known.params as Notifications[N];
    let listener: (params: Notifications[N]) => void;
    const coming = new Promise<Notifications[N]>((resolve) => {
      listener = (params) => fits(params) && resolve(params);
      this.on(name, listener);
    });
    return within(`${name} comes`, coming, deadlineMs).finally(() => this.off(name, listener));
  }

  async close(): Promise<void> {
    this.socket.close(1000);
    await within('the connection closes', this.closed);
  }

  /** As if the cable were cut: no closing handshake. */
  cut(): void {
    this.socket.terminate();
  }

  private replyTo(id: unknown, method: string): Promise<unknown> {
    if (!this.isOpen) return Promise.reject(new Lost(method));
    const reply = new Promise((resolve, reject) => this.waiting.set(id, { method, resolve, reject }));
    reply.catch(() => {}); // awaited later, or not at all
    return reply;
  }

  private received(text: string): void {
    const message = JSON.parse(text);
    for (const one of Array.isArray(message) ? message : [message]) {
      if ('method' in one) this.notifiedOf(one);
      else this.answered(one);
    }
    this.emit('message', message);
  }

  private notifiedOf(one: Notification): void {
    note(`${one.method}.notification`, one.params);
    this.notifications.push(one);
    this.emit(one.method, one.params);
  }

  private answered({ id, result, error }: { id: unknown; result?: unknown; error?: any }): void {
    if (error) note('error', error);
    const waiting = this.waiting.get(id);
    if (!waiting) return;
    this.waiting.delete(id);
    if (error) return waiting.reject(new Refusal(waiting.method, error.code, error.data));
    try {
      mustFit(`${waiting.method}.result`, result);
      waiting.resolve(result);
    } catch (fault) {
      waiting.reject(fault as Error);
    }
  }

  private lost(): void {
    for (const { method, reject } of this.waiting.values()) reject(new Lost(method));
    this.waiting.clear();
  }
}
