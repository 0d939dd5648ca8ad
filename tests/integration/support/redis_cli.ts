import { execFileSync } from 'node:child_process';

/** One command to a Redis, past the server, at a socket or a port; a nil reply is an empty text. */
export const redisCli = (at: string | number, ...words: string[]): string =>
  execFileSync('redis-cli', [typeof at === 'number' ? '-p' : '-s', String(at), '-e', ...words], {
    encoding: 'utf8',
  }).replace(/\n$/, '');
