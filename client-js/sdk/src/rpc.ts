import { addressesOf } from './address.js';
import { fullJitter } from './backoff.js';
import { Batch } from './batch.js';
import { request, type Fetch } from './http.js';
import type { Logger } from './logger.js';
import { isMutating, withKey, type CallOptions, type CallParams, type CallResult, type MethodName } from './methods.js';
import { ConnectionLost, PlacetteProblem } from './problem.js';
import { withRetries } from './retries.js';
import { usualTiming, type Timing } from './timing.js';
import { tokenFrom, type Token } from './token.js';

export interface RpcOptions {
  /** Of the server (`https://places.example`). */
  url: string;
  /** A bearer token, or what gives one for each request. */
  token: Token;
  timing?: Partial<Timing>;
  logger?: Logger;
  fetch?: Fetch;
  random?: () => number;
}

interface Message {
  call: { method: MethodName; params: object };
  silenceMs: number;
  resolve(result: unknown): void;
  reject(problem: Error): void;
}

interface Reply {
  id?: unknown;
  result?: unknown;
  error?: { message: string; data?: object };
}

/**
 * Calls without a connection, over HTTP: for programs that push counts now and then. The same keys and repeats as
 * `PlacetteClient`, and no live views.
 */
export class PlacetteRpc {
  readonly #timing: Timing;
  readonly #url: string;
  #batch: Batch<Message> | undefined;

  constructor(private readonly options: RpcOptions) {
    this.#timing = { ...usualTiming, ...options.timing };
    this.#url = addressesOf(options.url).rpc;
  }

  /** Calls a method. What fails for a time is repeated until the deadline, and has one effect. */
  async call<Method extends MethodName>(
    method: Method,
    params: CallParams<Method>,
    { timeoutMs = this.#timing.call, signal }: CallOptions = {},
  ): Promise<CallResult<Method>> {
    const call = { method, params: withKey(method, params) };
    const batch = this.#batch;
    const attempt = (failures: number) =>
      new Promise((resolve, reject) => {
        const silenceMs = Math.max(this.#timing.reply * 2 ** failures, timeoutMs / 3);
        const message = { call, silenceMs, resolve, reject };
        if (batch && failures === 0) batch.add(message);
        else void this.#post([message]);
      });
    return withRetries(attempt as () => Promise<CallResult<Method>>, {
      timeoutMs,
      signal,
      mutating: isMutating(method),
      backoff: fullJitter(this.#timing, this.options.random ?? Math.random),
      whenOnline: () => Promise.resolve(),
      reconnects: false,
    });
  }

  /** The calls that `make` makes leave in one request: `rpc.batch(() => Promise.all([rpc.call(…), …]))`. */
  batch<Made>(make: () => Made): Made {
    this.#batch = new Batch((messages) => this.#postAll(messages));
    try {
      return make();
    } finally {
      this.#batch = undefined;
    }
  }

  #postAll(messages: Message[]): void {
    for (let first = 0; first < messages.length; first += mostCalls)
      void this.#post(messages.slice(first, first + mostCalls));
  }

  async #post(messages: Message[]): Promise<void> {
    const names = messages.map(({ call }) => call.method).join(', ');
    try {
      const calls = messages.map(({ call }, id) => ({ jsonrpc: '2.0', id, ...call }));
      const { text = '' } = await request({
        url: this.#url,
        bearer: await tokenFrom(this.options.token),
        fetch: this.options.fetch,
        silenceMs: Math.max(...messages.map(({ silenceMs }) => silenceMs)),
        body: JSON.stringify(calls.length === 1 ? calls[0] : calls),
      });
      const replies = new Map(repliesIn(text).map((reply) => [reply.id, reply]));
      messages.forEach((message, id) => settle(message, replies.get(id) ?? replies.get(null)));
      this.options.logger?.debug?.(`placette: ${names} answered`);
    } catch (error) {
      this.options.logger?.warn?.(`placette: ${names} failed: ${(error as Error).message}`);
      for (const { reject } of messages) reject(error as Error);
    }
  }
}

/** The server takes no more in one request. */
const mostCalls = 50;

function repliesIn(text: string): Reply[] {
  try {
    const answer = JSON.parse(text) as Reply | Reply[];
    return Array.isArray(answer) ? answer : [answer];
  } catch {
    throw new ConnectionLost(); // a page of somebody who stands between
  }
}

function settle({ resolve, reject }: Message, { result, error }: Reply = {}): void {
  if (error) reject(PlacetteProblem.from(error.data, error.message));
  else if (result === undefined) reject(PlacetteProblem.from(undefined, 'no reply to this call'));
  else resolve(result);
}
