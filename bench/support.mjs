// A server of its own for a measurement, and connections to it.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import WebSocket from 'ws';

const program = process.env.PLACETTE_BIN ?? fileURLToPath(new URL('../build/release/placette', import.meta.url));

export const territory = '200000925';

/** Starts `placette serve --demo` on a free port; `stop` ends it and forgets its data. */
export async function startServer() {
  const dataDir = mkdtempSync(join(tmpdir(), 'placette-bench-'));
  const child = spawn(program, ['serve', '--demo', '--listen', '127.0.0.1:0', '--data-dir', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  const url = await new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error(`the server did not start\n${output}`)));
    child.stdout.on('data', (part) => {
      output += part;
      const line = /^listening on (\S+)$/m.exec(output);
      if (line) resolve(line[1]);
    });
  });
  return {
    pid: child.pid,
    url,
    token: (account) =>
      execFileSync(program, ['token', 'create', '--account', account, '--data-dir', dataDir], {
        encoding: 'utf8',
      }).trim(),
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A signed-in connection: `call` answers results, `onDelta` is told of each change of the board. */
export async function connect(server, token, onDelta = () => {}) {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/ws`, 'placette.v1', {
    headers: { authorization: `Bearer ${token}` },
    perMessageDeflate: false,
  });
  const waiting = new Map();
  let lastId = 0;
  socket.on('message', (data) => {
    for (const message of [JSON.parse(data)].flat()) {
      if (message.method === 'board.delta') onDelta(message.params);
      const { resolve, reject } = waiting.get(message.id) ?? {};
      waiting.delete(message.id);
      if (message.error) reject?.(new Error(JSON.stringify(message.error)));
      else resolve?.(message.result);
    }
  });
  await once(socket, 'open');
  return {
    socket,
    call: (method, params) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        waiting.set(id, { resolve, reject });
        socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
      }),
  };
}

/** The n-th weekday from now on, as a date. */
export function openDay(n) {
  const day = new Date();
  for (let left = n; left > 0;) {
    day.setUTCDate(day.getUTCDate() + 1);
    if (day.getUTCDay() % 6 !== 0) left--;
  }
  return day.toISOString().slice(0, 10);
}

export function residentKiB(pid) {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
}

/** The value below which that share of the sorted values lies. */
export const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
