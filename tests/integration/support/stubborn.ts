import { setTimeout as pause } from 'node:timers/promises';
import { Lost, type Method, type Params, Refusal, type Result, Rpc } from './rpc.js';
import type { Server } from './server.js';

const retryMs = 15;

/** A client that repeats a call, with its key, over as many connections as it takes, until it is answered for good. */
export class Stubborn {
  /** Calls whose outcome was unknown for a while, and those that were refused while the store was away. */
  unknown = 0;
  unavailable = 0;
  private rpc: Rpc | undefined;

  constructor(
    private readonly server: Pick<Server, 'webSocketUrl'>,
    private readonly token: string,
  ) {}

  async call<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
    for (;;) {
      try {
        return await (await this.connected()).call(method, params);
      } catch (error) {
        if (error instanceof Refusal && !error.data.temporary) throw error;
        if (error instanceof Refusal && error.problem === 'store_unavailable') this.unavailable++;
        else if (error instanceof Lost || error instanceof Refusal) this.unknown++;
        await pause(retryMs);
      }
    }
  }

  close(): void {
    this.rpc?.cut();
  }

  private async connected(): Promise<Rpc> {
    if (!this.rpc?.isOpen) this.rpc = await Rpc.connect(this.server, { token: this.token });
    return this.rpc;
  }
}
