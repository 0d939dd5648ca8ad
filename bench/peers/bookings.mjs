// Bookings as a Node service would take them: ws, ioredis, and the same Redis function with the same arguments.
import { versionOf } from './modules.mjs';
import { nodeVersion, startNodeServer } from './node-server.mjs';
import { startRedis } from './redis.mjs';

export default {
  name: 'node',
  settings: 'one Node process, ws, ioredis with enableAutoPipelining on a unix socket; CPU of Redis apart',
  version: () => `ws ${versionOf('ws')}, ioredis ${versionOf('ioredis')}, ${nodeVersion}`,
  async start() {
    const redis = await startRedis();
    const server = await startNodeServer('bookings-server.mjs', redis.socket, redis.holdFunction);
    return { ...server, apart: [redis.pid], redisSocket: redis.socket, stop: () => server.stop().then(redis.stop) };
  },
};
