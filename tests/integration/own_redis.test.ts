// A Redis that somebody else keeps.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createToken } from './support/command.js';
import { accounts, territory } from './support/demo.js';
import { http } from './support/http.js';
import { OwnRedis } from './support/own_redis.js';
import { post } from './support/people.js';
import { Server } from './support/server.js';
import { until } from './support/until.js';

let redis: OwnRedis;
let server: Server | undefined;
beforeEach(async () => {
  redis = await OwnRedis.start();
});
afterEach(async () => {
  await server?.remove();
  server = undefined;
  await redis.remove();
});
const readiness = async () => {
  const { status, text } = await http(server!.url, '/readyz');
  return `${status} ${text.trim()}`;
};

it('is found by its name', async () => {
  server = await Server.start({ args: ['--redis', `redis://localhost:${redis.port}`] });
  const token = await createToken(server, accounts.worker, ['--redis', `redis://localhost:${redis.port}`]);
  expect(await post(server, token, 'territory.get', { territory })).toMatchObject({ id: territory });
});

it.each([
  ['emptied while it runs', async () => void redis.cli('FLUSHALL')],
  [
    'restarted without its data',
    async () => {
      redis.cli('FLUSHALL');
      await redis.kill();
      await redis.restart();
    },
  ],
])('that was %s is not ready, and says so', async (_, harm) => {
  server = await Server.start({ args: ['--redis', redis.url] });
  expect(await readiness()).toBe('200 ready');
  await harm();
  await until('it is told', async () => (await readiness()) === '503 not ready: the store came back empty', 20_000);
  expect(server.process.output).toContain('the store came back empty: restore a backup');
  expect((await http(server.url, '/healthz')).status).toBe(200);
});
