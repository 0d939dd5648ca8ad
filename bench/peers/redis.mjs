// A Redis as Placette starts its own, on a copy of the data that Placette prepared: its functions are in it.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { acceptsOn, ready, runNow, start } from '../process.mjs';
import { copyOfStore } from './placette.mjs';

export async function startRedis() {
  const dir = await copyOfStore();
  const socket = join(dir, 'redis.sock');
  const child = start('redis-server', [
    ...['--port', '0', '--unixsocket', socket, '--dir', dir],
    ...['--appendonly', 'yes', '--appendfsync', 'always', '--no-appendfsync-on-rewrite', 'no'],
    ...['--auto-aof-rewrite-min-size', '256mb', '--latency-tracking', 'no'],
    ...['--save', '', '--maxmemory-policy', 'noeviction'],
  ]);
  await ready(child, acceptsOn({ path: socket }));
  const call = (...words) => runNow('redis-cli', ['-s', socket, ...words]);
  await ready(child, () => call('PING').trim() === 'PONG');
  const holdFunction = /placette_[0-9a-f]+_hold/.exec(call('FUNCTION', 'LIST'))[0];
  const stop = async () => {
    await child.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  return { pid: child.pid, socket, holdFunction, call, stop };
}

export const redisVersion = () => /v=(\S+)/.exec(runNow('redis-server', ['--version']))[1];
