import { once } from 'node:events';
import { type AddressInfo, createServer, connect, type Server as NetServer, type Socket } from 'node:net';
import { Transform } from 'node:stream';
import { Link, type LinkQuality } from './link.js';

/** A TCP relay before the server whose lines a test can cut, stall, slow down, and refuse for a while. */
export class Proxy {
  private readonly pairs = new Set<[Socket, Socket]>();
  cuts = 0;
  private refusing = false;
  private swallowing = false;
  private stalled = false;
  private quality: LinkQuality | undefined;
  private piecesLeft = Infinity;
  /** What came from the server, over all lines. */
  bytesDown = 0;

  private constructor(
    private readonly listener: NetServer,
    private target: number,
  ) {
    listener.on('connection', (client) => this.relay(client));
  }

  static async before(target: number): Promise<Proxy> {
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    return new Proxy(listener, target);
  }

  get port(): number {
    return (this.listener.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
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
    this.cutLines();
  }

  /** Cuts all lines, once, as soon as that many pieces have come from clients. */
  cutOnceAfter(pieces: number): void {
    this.piecesLeft = pieces;
  }

  /** What is sent still arrives; what is answered does not, until `cut` and `mend`. */
  swallowReplies(): void {
    this.swallowing = true;
  }

  /** Lines that are open, or opened, stay so and carry nothing more, either way, until `mend`. */
  stall(): void {
    this.stalled = true;
  }

  /** From now on lines are that slow; undefined: as fast as they can. */
  slowDown(quality: LinkQuality | undefined): void {
    this.quality = quality;
  }

  /** Lines pass again, to the same target or to another. */
  mend(target = this.target): void {
    this.target = target;
    this.refusing = false;
    this.swallowing = false;
    this.stalled = false;
  }

  async close(): Promise<void> {
    this.cut();
    this.listener.close();
    await once(this.listener, 'close');
  }

  private cutLines(): void {
    this.cuts++;
    for (const pair of this.pairs) pair.forEach((end) => end.destroy());
  }

  private relay(client: Socket): void {
    if (this.refusing) return void client.destroy();
    const server = connect(this.target, '127.0.0.1');
    const pair: [Socket, Socket] = [client, server];
    this.pairs.add(pair);
    client.on('data', () => {
      if (--this.piecesLeft === 0) this.cutLines();
    });
    server.on('data', (data) => (this.bytesDown += data.length));
    client
      .pipe(this.unless(() => this.stalled))
      .pipe(this.link())
      .pipe(server);
    server
      .pipe(this.unless(() => this.stalled || this.swallowing))
      .pipe(this.link())
      .pipe(client);
    for (const [from, to] of [pair, [server, client] as const]) {
      from.on('error', () => {});
      from.on('close', () => {
        to.destroy();
        this.pairs.delete(pair);
      });
    }
  }

  private link(): Link {
    return new Link(() => this.quality);
  }

  private unless(isLost: () => boolean): Transform {
    return new Transform({
      transform: (chunk, _, pass) => (isLost() ? pass() : pass(null, chunk)),
    });
  }
}
