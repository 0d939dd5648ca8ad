import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** An HTTP server whose answers are scripted by each test, over real sockets. */
export class ScriptedHttp {
  readonly asked: Asked[] = [];
  answer: (asked: Asked, response: ServerResponse) => void = () => {};
  readonly #server = createServer((request, response) => void this.#take(request, response));

  static async start(): Promise<ScriptedHttp> {
    const http = new ScriptedHttp();
    await new Promise<void>((resolve) => http.#server.listen(0, '127.0.0.1', resolve));
    return http;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const part of request) body += part;
    const asked = { url: request.url ?? '', headers: request.headers, body };
    this.asked.push(asked);
    this.answer(asked, response);
  }
}
