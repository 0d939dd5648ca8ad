import { Batch, bytesOf, framesOf } from './batch.js';
import type { Problem } from './generated/messages.js';
import type { Notification } from './line.js';
import type { MethodName } from './methods.js';
import { ConnectionLost, PlacetteProblem, tooLarge } from './problem.js';

interface Reply {
  id: number | string | null;
  result?: unknown;
  error?: { code: number; message: string; data?: Problem };
}

export interface RequestOptions {
  /** With nothing at all heard for so long, the connection counts as dead. */
  silenceMs: number;
  /**
   * Told of the result before any later message is handled; the promise is kept only some microtasks later.
   */
  onReply?: ((result: never) => void) | undefined;
  /** It leaves with others. */
  batch?: Batch | undefined;
}

interface Pending {
  resolve(result: unknown): void;
  reject(problem: Error): void;
  onReply: ((result: unknown) => void) | undefined;
  silenceMs: number;
  silence?: ReturnType<typeof setTimeout>;
}

export interface CallsOptions {
  /** Puts a frame on the connection. */
  send(frame: string): void;
  limits(): { batch: number; frameBytes: number };
  /** When anything was last heard, in ms of `now`. */
  heardAt(): number;
  now(): number;
  /** Replies are due, and nothing at all comes. */
  onSilence(): void;
  notified(notification: Notification): void;
  /** Something has come that cannot be understood. */
  failed(error: Error): void;
  /** What became of a call. */
  tell(line: string): void;
}

/**
 * JSON-RPC calls over one connection at a time: each sent once, answered once or lost with the connection.
 */
export class Calls {
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;

  constructor(private readonly options: CallsOptions) {}

  async request(method: MethodName, params: object, options: RequestOptions): Promise<unknown> {
    const { now, tell } = this.options;
    const begun = now();
    try {
      const result = await this.#request(method, params, options);
      tell(`${method} is answered after ${Math.round(now() - begun)} ms`);
      return result;
    } catch (error) {
      tell(`${method} fails: ${(error as PlacetteProblem).type ?? (error as Error).name}`);
      throw error;
    }
  }

  /** Where its calls leave together. */
  newBatch(): Batch {
    return new Batch((frames) => {
      try {
        for (const frame of framesOf(frames, this.options.limits())) this.options.send(frame);
      } catch {
        // The connection is lost, and with it, by now, all of these calls.
      }
    });
  }

  /** False: it is no JSON, and what was lost with it is not known. */
  received(frame: string): boolean {
    let messages: unknown;
    try {
      messages = JSON.parse(frame);
    } catch {
      this.options.failed(new Error('the server has sent what is no JSON'));
      return false;
    }
    for (const message of (Array.isArray(messages) ? messages : [messages]) as (Reply | Notification)[]) {
      try {
        if ('method' in message) this.options.notified(message);
        else this.#answered(message);
      } catch (cause) {
        this.options.failed(new Error('the server has sent what cannot be understood', { cause }));
      }
    }
    return true;
  }

  /** The connection is gone, and with it every reply. */
  lost(): void {
    for (const call of this.#pending.values()) {
      clearTimeout(call.silence);
      call.reject(new ConnectionLost());
    }
    this.#pending.clear();
  }

  #request(method: MethodName, params: object, { batch, ...options }: RequestOptions): Promise<unknown> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const frame = this.#measured(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
      if (batch) batch.add(frame);
      else this.options.send(frame);
      const call = { resolve, reject, ...options } as Pending;
      this.#pending.set(id, call);
      this.#listen(call, this.options.now(), call.silenceMs);
    });
  }

  #answered({ id, result, error }: Reply): void {
    const call = this.#pending.get(id as number);
    if (!call) return;
    this.#pending.delete(id as number);
    clearTimeout(call.silence);
    if (error) return call.reject(PlacetteProblem.from(error.data, error.message));
    if (result === undefined) return call.reject(PlacetteProblem.from(undefined, 'a reply without a result'));
    try {
      call.onReply?.(result);
      call.resolve(result);
    } catch (fault) {
      call.reject(PlacetteProblem.from(undefined, `a reply that cannot be taken: ${fault}`));
    }
  }

  #measured(frame: string): string {
    const { frameBytes } = this.options.limits();
    // No character takes more than 3 bytes: most frames need not be measured.
    if (frame.length * 3 > frameBytes) {
      const bytes = bytesOf(frame);
      if (bytes > frameBytes) throw tooLarge(bytes, frameBytes);
    }
    return frame;
  }

  // A reply may be late because a large one comes before it over a slow link. Of that nothing is seen until it is
  // there: who waits for one that may be large has more patience, and all who wait have that of the most patient.
  #listen(call: Pending, since: number, ms: number): void {
    call.silence = setTimeout(() => {
      const patience = Math.max(...[...this.#pending.values()].map(({ silenceMs }) => silenceMs));
      const left = Math.max(since, this.options.heardAt()) + patience - this.options.now();
      if (left > 0) this.#listen(call, since, left);
      else this.options.onSilence();
    }, ms);
  }
}
