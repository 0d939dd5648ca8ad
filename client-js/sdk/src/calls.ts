import type { Problem } from './generated/messages.js';
import { ConnectionLost, PlacetteProblem } from './problem.js';

export interface Reply {
  id: number | string | null;
  result?: unknown;
  error?: { code: number; message: string; data: Problem };
}

interface Pending {
  resolve(result: unknown): void;
  reject(problem: Error): void;
  onReply: ((result: unknown) => void) | undefined;
  silence: ReturnType<typeof setTimeout>;
}

export interface RequestOptions<Result> {
  /** Without a reply for so long, the connection counts as dead. */
  silenceMs: number;
  /**
   * Told of the result before any later message is handled; the promise is kept only some microtasks later.
   */
  onReply?: ((result: Result) => void) | undefined;
}

/**
 * JSON-RPC calls over one connection at a time: each sent once, answered once or lost with the connection.
 */
export class Calls {
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;

  /** `send` puts a frame on the connection; `onSilence` is told when a reply is overdue. */
  constructor(
    private readonly send: (frame: string) => void,
    private readonly onSilence: () => void,
  ) {}

  request<Result>(method: string, params: unknown, options: RequestOptions<Result>): Promise<Result> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
      const silence = setTimeout(this.onSilence, options.silenceMs);
      this.#pending.set(id, { resolve, reject, onReply: options.onReply, silence } as Pending);
    });
  }

  answered({ id, result, error }: Reply): void {
    const call = this.#pending.get(id as number);
    if (!call) return;
    this.#pending.delete(id as number);
    clearTimeout(call.silence);
    if (error) return call.reject(PlacetteProblem.from(error.data));
    call.onReply?.(result);
    call.resolve(result);
  }

  /** The connection is gone, and with it every reply. */
  lost(): void {
    for (const call of this.#pending.values()) {
      clearTimeout(call.silence);
      call.reject(new ConnectionLost());
    }
    this.#pending.clear();
  }
}
