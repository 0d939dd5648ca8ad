// Starts one of the servers of this folder that are programs of Node.
import { fileURLToPath } from 'node:url';
import { acceptsOn, freePort, ready, start } from '../process.mjs';

export async function startNodeServer(file, ...args) {
  const port = await freePort();
  const path = fileURLToPath(new URL(file, import.meta.url));
  const env = { ...process.env, NODE_ENV: 'production' };
  const child = start(process.execPath, [path, String(port), ...args], { env });
  await ready(child, acceptsOn({ host: '127.0.0.1', port }));
  return { address: `127.0.0.1:${port}`, pids: [child.pid], apart: [], stop: child.stop };
}

export const nodeVersion = `Node ${process.versions.node}`;
