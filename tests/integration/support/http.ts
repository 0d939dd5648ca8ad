import { type Agent, request } from 'node:http';

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

/** The session cookie, as a browser would send it back. */
export async function signIn(base: string, account: string, password = 'demo'): Promise<string> {
  const answer = await postSession(base, { account, password });
  if (answer.status !== 200) throw new Error(`sign-in of ${account}: ${answer.status} ${answer.text}`);
  return cookieOf(answer);
}

export const postSession = (base: string, body: object) =>
  http(base, '/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base },
    body: JSON.stringify(body),
  });

export function cookieOf(answer: Answer): string {
  const [cookie] = [answer.headers['set-cookie'] ?? []].flat();
  if (!cookie) throw new Error('no cookie was set');
  return cookie.split(';')[0]!;
}
