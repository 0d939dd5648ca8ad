/** A bearer token, or what gives one: it is asked at each connect, for tokens that end. */
export type Token = string | (() => string | Promise<string>);

export async function tokenFrom(token: Token | undefined): Promise<string | undefined> {
  return typeof token === 'function' ? token() : token;
}
