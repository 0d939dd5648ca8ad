import { randomUUID } from 'node:crypto';
import { request, type APIRequestContext } from '@playwright/test';

/** Somebody at another desk: the same calls as the pages make, over plain HTTP. */
export class Colleague {
  private constructor(private readonly http: APIRequestContext) {}

  static async signIn(url: string, account: string): Promise<Colleague> {
    const http = await request.newContext({ baseURL: url, extraHTTPHeaders: { origin: url } });
    const answer = await http.post('/session', { data: { account, password: 'demo' } });
    if (!answer.ok()) throw new Error(`sign-in of ${account}: ${answer.status()} ${await answer.text()}`);
    return new Colleague(http);
  }

  /** The result of a call that changes something; throws what the server refuses. */
  call(method: string, params: object): Promise<any> {
    return this.ask(method, { key: randomUUID(), ...params });
  }

  /** The result of a call that changes nothing. */
  async ask(method: string, params: object): Promise<any> {
    const data = { jsonrpc: '2.0', id: 1, method, params };
    const answer = await this.http.post('/rpc', { data });
    const { result, error } = await answer.json();
    if (error) throw new Error(`${method}: ${JSON.stringify(error)}`);
    return result;
  }

  leave(): Promise<void> {
    return this.http.dispose();
  }
}
