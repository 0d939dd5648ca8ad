// A store that is not there yet: the server answers from the first moment, says what it waits for, and goes on by itself.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, onTestFinished } from 'vitest';
import { http } from './support/http.js';
import { OwnRedis } from './support/own_redis.js';
import { redisPids } from './support/processes.js';
import { Server, ServerProcess } from './support/server.js';
import { until } from './support/until.js';

const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'placette-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
};
const serving = (dataDir: string, ...more: string[]) => [
  ...['serve', '--demo', '--listen', '127.0.0.1:0', '--data-dir', dataDir, ...more],
];
let starting: ServerProcess | undefined;
afterEach(async () => {
  if (starting?.isRunning) await starting.end('SIGTERM');
  starting = undefined;
});

const readiness = async (url: string, headers = {}) => {
  const { status, text } = await http(url, '/readyz', { headers });
  return `${status} ${text.trim()}`;
};

it('a Redis that cannot be reached is told at once, tried again, and served once it answers', async () => {
  const redis = await OwnRedis.start();
  onTestFinished(() => redis.remove());
  await redis.kill();
  starting = new ServerProcess(serving(folder(), '--redis', redis.url));
  const url = await starting.waiting();
  const why = 'the Redis of --redis does not answer (Connection refused): start it, or mend the address';
  await until('it is told', async () => (await readiness(url)) === `503 not ready: ${why}`);
  expect(starting.errors).toEqual([`${why}; trying again until it can be done`]);

  expect(await http(url, '/healthz')).toMatchObject({ status: 200, text: 'ok\n' });
  expect(await readiness(url, { 'x-forwarded-for': '192.0.2.7' })).toBe('503 not ready: it is starting');
  const page = await http(url, '/');
  expect(page).toMatchObject({ status: 503, text: expect.stringMatching(/^Le service démarre/) });
  expect(page.headers['retry-after']).toBe('2');
  const call = await http(url, '/rpc', { method: 'POST', body: '{}' });
  expect(call.status).toBe(503);
  expect(call.json()).toMatchObject({ type: 'urn:placette:problem:store_unavailable', temporary: true });
  expect(await http(url, '/healthz', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });

  await redis.restart();
  expect(await starting.listening()).toBe(url);
  expect(await readiness(url)).toBe('200 ready');
});

it('a redis-server that is not installed is told, and started once it is', async () => {
  const [dataDir, path] = [folder(), folder()];
  starting = new ServerProcess(serving(dataDir), { PATH: path });
  const url = await starting.waiting();
  const why = /redis-server cannot be started \(No such file or directory\): install it, or name a Redis/;
  await until('it is told', async () => why.test(await readiness(url)));
  expect(starting.errors[0]).toMatch(why);
  const program = String(execFileSync('which', ['redis-server'])).trim();
  symlinkSync(program, join(path, 'redis-server'));
  await starting.listening();
  await starting.end('SIGTERM');
});

it('a Redis of the folder that is silent is told at once, and adopted when it answers again', async () => {
  const server = await Server.start();
  onTestFinished(() => server.remove());
  await server.kill();
  const [redis] = server.redisPids();
  process.kill(redis!, 'SIGSTOP');
  try {
    starting = new ServerProcess(serving(server.dataDir));
    const url = await starting.waiting();
    const why = `redis-server ${redis} holds ${server.dataDir} and does not answer; if it goes on so, end it`;
    await until('it is told', async () => (await readiness(url)).startsWith(`503 not ready: ${why}`));
    expect(starting.errors[0]).toContain(why);
  } finally {
    process.kill(redis!, 'SIGCONT');
  }
  await starting!.listening();
  expect(redisPids(server.dataDir)).toEqual([redis]);
  await starting!.end('SIGTERM');
});

it('one that waits can be stopped', async () => {
  const redis = await OwnRedis.start();
  onTestFinished(() => redis.remove());
  await redis.kill();
  starting = new ServerProcess(serving(folder(), '--redis', redis.url));
  await starting.waiting();
  expect(await starting.end('SIGTERM')).toEqual({ code: 0, signal: null });
});
