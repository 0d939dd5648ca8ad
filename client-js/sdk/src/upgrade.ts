import type { WebSocketLike } from './socket.js';

/** A WebSocket that has opened; undefined: it did not, within `ms`. */
export function whenOpen(socket: WebSocketLike, ms: number): Promise<WebSocketLike | undefined> {
  return new Promise((resolve) => {
    const giveUp = setTimeout(() => socket.close(), ms);
    const settle = (opened: WebSocketLike | undefined) => {
      clearTimeout(giveUp);
      resolve(opened);
    };
    socket.addEventListener('open', () => settle(socket));
    socket.addEventListener('close', () => settle(undefined));
    socket.addEventListener('error', () => {}); // a close follows
  });
}

export interface UpgradeOptions {
  /** Tries to open one. */
  open(): Promise<WebSocketLike | undefined>;
  /** The pause before the first attempt, in ms; twice as long after each, */
  firstMs: number;
  /** and never longer than this. */
  mostMs: number;
  opened(socket: WebSocketLike): void;
}

/** While it is asked over HTTP: tries now and then whether a WebSocket passes. */
export class Upgrade {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #run = 0;

  constructor(private readonly options: UpgradeOptions) {}

  start(): void {
    this.#next(0, ++this.#run);
  }

  stop(): void {
    this.#run++;
    clearTimeout(this.#timer);
  }

  #next(failures: number, run: number): void {
    const { firstMs, mostMs } = this.options;
    this.#timer = setTimeout(() => void this.#try(failures, run), Math.min(mostMs, firstMs * 2 ** failures));
  }

  async #try(failures: number, run: number): Promise<void> {
    const socket = await this.options.open();
    if (run !== this.#run) socket?.close();
    else if (socket) this.options.opened(socket);
    else this.#next(failures + 1, run);
  }
}
