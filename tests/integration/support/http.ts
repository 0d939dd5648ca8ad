import { type Agent, request } from 'node:http';
import { until } from './until.js';

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  json(): any;
}

export interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string | undefined;
  agent?: Agent;
}

/** One request, on its own connection if no agent keeps one; unlike fetch it lets a test choose `Host` and `Origin`. */
export function http(base: string, path: string, asking: Asked = {}): Promise<Answer> {
  const { method = 'GET', headers = {}, body, agent = false } = asking;
  return new Promise((resolve, reject) => {
    const asked = request(new URL(path, base), { method, headers, agent }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString();
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          text,
          json: () => JSON.parse(text),
        });
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/**
 * The session cookie, as a browser would send it back. A refusal that says of itself that it is temporary is tried
 * again, as anybody would: after Redis' restart each thread of the server finds it again in its own time.
 */
export async function signIn(base: string, account: string, password = 'demo'): Promise<string> {
  const answer = await until(`${account} is signed in, or refused for good`, async () => {
    const answer = await postSession(base, { account, password });
    return !isTemporary(answer) && answer;
  });
  if (answer.status !== 200) throw new Error(`sign-in of ${account}: ${answer.status} ${answer.text}`);
  return cookieOf(answer);
}

const isTemporary = ({ status, json }: Answer): boolean => status === 503 && json().temporary === true;

export const postSession = (base: string, body: object, headers: Record<string, string> = {}) =>
  http(base, '/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base, ...headers },
    body: JSON.stringify(body),
  });

export function cookieOf(answer: Answer): string {
  const [cookie] = [answer.headers['set-cookie'] ?? []].flat();
  if (!cookie) throw new Error('no cookie was set');
  return cookie.split(';')[0]!;
}
