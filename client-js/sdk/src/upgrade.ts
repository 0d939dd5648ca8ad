import type { WebSocketLike } from './socket.js';

export interface UpgradeOptions {
  make(): Promise<() => WebSocketLike>;
  /** The pause before the first attempt, in ms; twice as long after each, */
  firstMs: number;
  /** and never longer than this. */
  mostMs: number;
  /** For one to open. */
  openMs: number;
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
    const make = await this.options.make();
    if (run !== this.#run) return;
    const socket = make();
    const giveUp = setTimeout(() => socket.close(), this.options.openMs);
    let isOpen = false;
    socket.addEventListener('error', () => {}); // a close follows
    socket.addEventListener('close', () => {
      clearTimeout(giveUp);
      if (!isOpen && run === this.#run) this.#next(failures + 1, run);
    });
    socket.addEventListener('open', () => {
      clearTimeout(giveUp);
      isOpen = true;
      if (run === this.#run) this.options.opened(socket);
      else socket.close();
    });
  }
}
