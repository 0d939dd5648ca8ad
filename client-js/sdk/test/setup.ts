import { afterEach, beforeEach, vi } from 'vitest';
import { PlacetteClient, type ClientOptions } from '../src/index.js';
import { ScriptedServer } from './scripted-server.js';

/** A server for each test, and clients of it that are closed after the test. */
export function withServer(): {
  server: ScriptedServer;
  client: (options?: Partial<ClientOptions>) => PlacetteClient;
} {
  const clients: PlacetteClient[] = [];
  const context = {
    server: undefined as unknown as ScriptedServer,
    client(options: Partial<ClientOptions> = {}) {
      // Without jitter: what waits for a random time comes back at once. All over the socket.
      const client = new PlacetteClient({ url: context.server.url, random: () => 0, fetch: false, ...options });
      clients.push(client);
      return client;
    },
  };
  beforeEach(async () => {
    context.server = await ScriptedServer.start();
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await context.server.stop();
  });
  return context;
}

/** Until `check` throws no more; also on a machine that has much else to do. */
export function waitFor<Value>(check: () => Value | Promise<Value>): Promise<Value> {
  return vi.waitFor(check, { timeout: 10_000, interval: 5 });
}
