import type { SessionHelloResult } from './generated/messages.js';
import { PlacetteProblem } from './problem.js';
import { tokenFrom, type Token } from './token.js';
import { version } from './version.js';

export interface SessionOptions {
  token: Token | undefined;
  /** Name of the program. */
  client: string;
  now(): number;
  request(method: 'session.hello' | 'session.authenticate', params: object): Promise<unknown>;
  /** The server has said hello; `before` is who was signed in until now. */
  greeted(hello: SessionHelloResult, before: SessionHelloResult['user']): void;
}

/** Who is signed in, what the server said at the last greeting, and what time it is there. */
export class Session {
  hello: SessionHelloResult | undefined;
  /** The token in use. */
  bearer: string | undefined;
  #token: Token | undefined;
  #refusals = 0; // of tokens, one after another
  #skew = 0; // server's time - own time, in ms
  #probing: Promise<void> | undefined;

  constructor(private readonly options: SessionOptions) {
    this.#token = options.token;
  }

  get user(): SessionHelloResult['user'] {
    return this.hello?.user ?? null;
  }

  get serverNow(): number {
    return this.toServer(this.options.now());
  }

  /** An instant of the own clock on the server's. */
  toServer(own: number): number {
    return own + this.#skew;
  }

  /** The time zone of a territory. */
  timezone(territory: string): string {
    const known = this.hello?.territories.find(({ id }) => id === territory);
    // Of an unknown territory the server refuses the board anyway.
    return known?.timezone ?? 'UTC';
  }

  /** Of a token that has ended another may be had: it is asked for, once before it is told that none helps. */
  get mayRenew(): boolean {
    return typeof this.#token === 'function' && this.#refusals === 0;
  }

  /** On each new connection. */
  async greet(): Promise<void> {
    this.bearer = await tokenFrom(this.#token);
    if (this.bearer !== undefined) await this.#authenticate();
    await this.sayHello();
    this.#refusals = 0;
  }

  /** From now on with this token. */
  async signIn(token: string): Promise<void> {
    this.#token = this.bearer = token;
    await this.sayHello();
  }

  /** Asks for a sign of life, once at a time. */
  probe(): Promise<void> {
    return (this.#probing ??= this.sayHello()
      .catch(() => {}) // without one the connection is given up
      .finally(() => (this.#probing = undefined)));
  }

  async sayHello(): Promise<void> {
    const { client, now, request, greeted } = this.options;
    const before = this.user;
    const asked = now();
    const hello = (await request('session.hello', { client, version })) as SessionHelloResult;
    const serverTime = Date.parse(hello.serverTime);
    if (Number.isNaN(serverTime)) throw PlacetteProblem.from(undefined, 'a hello that does not tell the time');
    this.#skew = serverTime - (asked + now()) / 2;
    this.hello = hello;
    greeted(hello, before);
  }

  async #authenticate(): Promise<void> {
    try {
      await this.options.request('session.authenticate', { token: this.bearer });
    } catch (error) {
      const isRefused = error instanceof PlacetteProblem && error.type === 'unauthenticated';
      if (!isRefused || !this.mayRenew) throw error;
      this.#refusals++;
      throw new Error('the token was refused: the next connection asks for another', { cause: error });
    }
  }
}
