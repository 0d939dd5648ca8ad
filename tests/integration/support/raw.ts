import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Server } from './server.js';

export interface Frame {
  opcode: number;
  payload: Buffer;
}
export const opcodes = { text: 1, close: 8, ping: 9, pong: 10 };

/**
 * A client that speaks RFC 6455 byte by byte: it reads only when asked to, and takes no frame that a server may not send.
 */
export class Raw {
  private received = Buffer.alloc(0);
  private ended = false;
  private wake: () => void = () => {};

  private constructor(private readonly socket: Socket) {
    socket.on('readable', () => this.wake());
    socket.on('end', () => {
      this.ended = true;
      this.wake();
    });
  }

  static async connect(server: Server, token: string): Promise<Raw> {
    const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
    await once(socket, 'connect');
    const raw = new Raw(socket);
    socket.write(
      `GET /ws HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n` +
        `Sec-WebSocket-Protocol: placette.v1\r\nAuthorization: Bearer ${token}\r\n\r\n`,
    );
    const head = await raw.until(() => {
      const end = raw.received.indexOf('\r\n\r\n');
      return end < 0 ? undefined : raw.take(end + 4).toString();
    });
    if (!head?.startsWith('HTTP/1.1 101')) throw new Error(`not upgraded: ${head}`);
    return raw;
  }

  send(opcode: number, payload: Buffer | string): void {
    const body = Buffer.from(payload);
    const length =
      body.length < 126 ? Buffer.from([0x80 | body.length]) : Buffer.from([0xfe, body.length >> 8, body.length & 0xff]);
    // The key 0 masks nothing.
    this.socket.write(Buffer.concat([Buffer.from([0x80 | opcode]), length, Buffer.alloc(4), body]));
  }

  /** The next frame; undefined: the server has ended. */
  frame(): Promise<Frame | undefined> {
    return this.until(() => this.parse());
  }

  destroy(): void {
    this.socket.destroy();
  }

  /** Says that nothing more comes, and goes on not reading. */
  halfClose(): void {
    this.socket.end();
  }

  /** Everything sent so far, then an end without a word. */
  async reset(): Promise<void> {
    await new Promise<void>((resolve) => this.socket.write('', () => resolve()));
    this.socket.resetAndDestroy();
  }

  private parse(): Frame | undefined {
    const { received } = this;
    if (received.length < 2) return undefined;
    const short = received[1]! & 0x7f;
    const head = short === 126 ? 4 : short === 127 ? 10 : 2;
    if (received.length < head) return undefined;
    const length =
      short === 126 ? received.readUInt16BE(2) : short === 127 ? Number(received.readBigUInt64BE(2)) : short;
    if (received.length < head + length) return undefined;
    if (received[1]! & 0x80) throw new Error('masked');
    if ((received[0]! & 0xf0) !== 0x80) throw new Error(`not one whole frame: ${received[0]}`);
    if (head === 4 && length < 126) throw new Error('a length in more bytes than it needs');
    if (head === 10 && length < 65536) throw new Error('a length in more bytes than it needs');
    const opcode = received[0]! & 0x0f;
    return { opcode, payload: this.take(head + length).subarray(head) };
  }

  private take(size: number): Buffer {
    const taken = this.received.subarray(0, size);
    this.received = this.received.subarray(size);
    return taken;
  }

  private async until<T>(found: () => T | undefined): Promise<T | undefined> {
    for (;;) {
      const result = found();
      if (result !== undefined) return result;
      const part = this.socket.read() as Buffer | null;
      if (part) this.received = Buffer.concat([this.received, part]);
      else if (this.ended) return undefined;
      else await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}
