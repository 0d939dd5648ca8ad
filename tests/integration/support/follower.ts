import { setTimeout as pause } from 'node:timers/promises';
import type { BoardSubscribeParams } from '../../../client-js/sdk/src/generated/messages.js';
import { Mirror } from './mirror.js';
import { Lost, Refusal, Rpc } from './rpc.js';
import type { Server } from './server.js';

export type Filter = Omit<BoardSubscribeParams, 'since'>;

const retryMs = 20;

/** Follows a board through cuts and restarts as a client should: resumes with `since`, subscribes again when told. */
export class Follower {
  readonly mirror = new Mirror();
  /** Within an epoch and on one unbroken connection: the server promises that there is none. */
  gaps = 0;
  connections = 0;
  recoveries = 0;
  subscription = '';
  rpc: Rpc | undefined;
  private stopped = false;
  private readonly loop: Promise<void>;

  /** Kept once the first board has come. */
  readonly ready: Promise<void>;
  private isReady: () => void = () => {};

  constructor(
    private readonly server: Pick<Server, 'webSocketUrl'>,
    private readonly token: string,
    readonly filter: Filter,
  ) {
    this.ready = new Promise((resolve) => (this.isReady = resolve));
    this.loop = this.run();
  }

  /** Loses the connection without a word. */
  cut(): void {
    this.rpc?.cut();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.rpc?.socket.resume();
    this.rpc?.cut();
    await this.loop;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      try {
        await this.follow();
      } catch {
        await pause(retryMs); // the server is not back yet
      }
    }
  }

  private async follow(): Promise<void> {
    const rpc = (this.rpc = await Rpc.connect(this.server, { token: this.token }));
    this.connections++;
    rpc.on('board.delta', (delta) => {
      if (this.mirror.apply(delta)) return;
      if (delta.epoch === this.mirror.epoch) this.gaps++;
      void this.subscribe(rpc);
    });
    rpc.on('board.reset', () => void this.subscribe(rpc));
    await this.subscribe(rpc);
    this.isReady();
    await rpc.closed;
  }

  private async subscribe(rpc: Rpc): Promise<void> {
    const { epoch, offset } = this.mirror;
    try {
      const reply = await rpc.call('board.subscribe', { ...this.filter, ...(epoch && { since: { epoch, offset } }) });
      if (reply.recovered) this.recoveries++;
      this.subscription = reply.subscription;
      this.mirror.take(reply);
    } catch (error) {
      if (!(error instanceof Lost) && !(error instanceof Refusal && error.data.temporary)) throw error;
      rpc.cut(); // and come back
    }
  }
}
