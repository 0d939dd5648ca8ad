import { once } from 'node:events';
import { type AddressInfo, createServer, connect, type Server as NetServer, type Socket } from 'node:net';

/** A TCP relay before the server whose lines a test can cut, and refuse for a while. */
export class Proxy {
  private readonly pairs = new Set<[Socket, Socket]>();
  private refusing = false;

  private constructor(
    private readonly listener: NetServer,
    private readonly target: number,
  ) {
    listener.on('connection', (client) => this.relay(client));
  }

  static async before(target: number): Promise<Proxy> {
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    return new Proxy(listener, target);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.listener.address() as AddressInfo).port}`;
  }

  get webSocketUrl(): string {
    return `${this.url.replace('http', 'ws')}/ws`;
  }

  get lines(): number {
    return this.pairs.size;
  }

  /** Cuts all lines; new ones are refused until `mend`. */
  cut(): void {
    this.refusing = true;
    for (const pair of this.pairs) pair.forEach((end) => end.destroy());
  }

  mend(): void {
    this.refusing = false;
  }

  async close(): Promise<void> {
    this.cut();
    this.listener.close();
    await once(this.listener, 'close');
  }

  private relay(client: Socket): void {
    if (this.refusing) return void client.destroy();
    const server = connect(this.target, '127.0.0.1');
    const pair: [Socket, Socket] = [client, server];
    this.pairs.add(pair);
    for (const [from, to] of [pair, [server, client] as const]) {
      from.pipe(to);
      from.on('error', () => {});
      from.on('close', () => {
        to.destroy();
        this.pairs.delete(pair);
      });
    }
  }
}
