// nchan: nginx with Debian's module, two workers (Placette has a thread a core; so has nginx then).
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from '../folders.mjs';
import { acceptsOn, childrenOf, freePort, ready, runNow, start } from '../process.mjs';

const workers = 2;

const config = (port) => `
load_module /usr/lib/nginx/modules/ngx_nchan_module.so;
worker_processes ${workers};
daemon off;
pid nginx.pid;
error_log stderr warn;
events { worker_connections 16000; }
http {
  access_log off;
  # Debian's are root's.
  client_body_temp_path client-body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  nchan_shared_memory_size 512m;
  server {
    listen 127.0.0.1:${port};
    location = /sub {
      nchan_subscriber websocket;
      nchan_channel_id bench;
      nchan_subscriber_first_message newest;
    }
    location = /pub {
      nchan_publisher websocket;
      nchan_channel_id bench;
      nchan_message_buffer_length 10000;
      nchan_message_timeout 5m;
    }
  }
}
`;

export default {
  name: 'nchan',
  settings:
    `nginx with ${workers} workers, one channel, a buffer of 10,000 messages for 5 minutes, ` +
    '512 MiB of shared memory, access log off',
  version: () => {
    const packages = runNow('dpkg-query', ['-W', '-f', '${Package} ${Version}\\n', 'nginx', 'libnginx-mod-nchan']);
    return packages.trim().replace('\n', ', ');
  },
  async start() {
    const prefix = folder();
    const port = await freePort();
    mkdirSync(join(prefix, 'logs'));
    writeFileSync(join(prefix, 'nginx.conf'), config(port));
    const child = start('/usr/sbin/nginx', ['-p', prefix, '-c', 'nginx.conf', '-e', 'stderr']);
    await ready(child, acceptsOn({ host: '127.0.0.1', port }));
    const master = await ready(child, () => childrenOf(child.pid).length >= workers && child.pid);
    return { address: `127.0.0.1:${port}`, pids: [master, ...childrenOf(master)], apart: [], stop: child.stop };
  },
};
