// NATS over WebSocket, watchers and publisher, as browsers would speak to it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from '../folders.mjs';
import { acceptsOn, freePort, ready, runNow, start } from '../process.mjs';

const config = (tcp, webSocket) => `
listen: "127.0.0.1:${tcp}"
websocket {
  listen: "127.0.0.1:${webSocket}"
  no_tls: true
  compression: false
}
`;

export default {
  name: 'nats',
  settings: 'nats-server with its defaults, WebSocket without TLS and without compression',
  version: () => runNow('nats-server', ['--version']).trim(),
  async start() {
    const file = join(folder(), 'nats.conf');
    const port = await freePort();
    writeFileSync(file, config(await freePort(), port));
    const child = start('nats-server', ['-c', file]);
    await ready(child, acceptsOn({ host: '127.0.0.1', port }));
    return { address: `127.0.0.1:${port}`, pids: [child.pid], apart: [], stop: child.stop };
  },
};
