import { request } from 'node:http';
import type { Asked } from './http.js';

/** An answer as its bytes came. */
export interface Bytes {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
  json(): any;
}

export function httpBytes(base: string, path: string, { method = 'GET', headers = {}, body }: Asked): Promise<Bytes> {
  return new Promise((resolve, reject) => {
    const asked = request(new URL(path, base), { method, headers, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const all = Buffer.concat(parts);
        const { statusCode: status = 0, headers } = answer;
        resolve({ status, headers, body: all, json: () => JSON.parse(all.toString()) });
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
