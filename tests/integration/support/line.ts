import { PlacetteClient } from '@placette/client';
import { afterAll, afterEach, beforeAll } from 'vitest';
import WebSocket from 'ws';
import { createToken } from './command.js';
import { accounts } from './demo.js';
import { Proxy } from './proxy.js';
import { Server } from './server.js';

type ClientOptions = ConstructorParameters<typeof PlacetteClient>[0];

/** The SDK before a server, over a line that a test may cut, stall and slow down; after each test it is mended. */
export class Line {
  server!: Server;
  proxy!: Proxy;
  tokens!: { manager: string; worker: string };
  readonly #clients: PlacetteClient[] = [];

  /** A worker's; with so little jitter that the back-off takes a fiftieth of its time. */
  client(options: Partial<ClientOptions> = {}): PlacetteClient {
    const usual = { url: this.proxy.url, token: this.tokens.worker, client: 'tests', random: () => 0.02 };
    const made = new PlacetteClient({ ...usual, webSocket: WebSocket as never, ...options });
    this.#clients.push(made);
    return made;
  }

  closeClients(): void {
    for (const client of this.#clients.splice(0)) client.close();
  }
}

/** A line for the tests of a file, with its own server. */
export function openLine(): Line {
  const line = new Line();
  beforeAll(async () => {
    line.server = await Server.start();
    line.proxy = await Proxy.before(line.server.port);
    const [manager, worker] = [accounts.manager, accounts.worker];
    line.tokens = { manager: await createToken(line.server, manager), worker: await createToken(line.server, worker) };
  });
  afterEach(() => {
    line.closeClients();
    line.proxy.cut();
    line.proxy.mend();
    line.proxy.slowDown(undefined);
  });
  afterAll(async () => {
    await line.proxy.close();
    await line.server.remove();
  });
  return line;
}
