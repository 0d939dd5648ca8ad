// A server over a folder that outlives it, seen from outside: its processes, their memory and time.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { placette } from '../programs.mjs';

const unlimited = ['--rate-per-second', '0', '--connections-per-address', '0', '--sign-ins-per-minute', '0'];
const tickMs = 10;

export class Server {
  /** Resolves when it is ready. */
  static async start(dataDir, { args = [], env = {} } = {}) {
    const server = new Server();
    server.dataDir = dataDir;
    const began = performance.now();
    server.child = spawn(placette, ['serve', '--listen', '127.0.0.1:0', '--data-dir', dataDir, ...unlimited, ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', openSync(join(dataDir, 'server.log'), 'a')],
    });
    server.url = await new Promise((resolve, reject) => {
      let output = '';
      server.child.once('exit', () => reject(new Error(`the server did not start: see ${dataDir}/server.log`)));
      server.child.stdout.on('data', (part) => {
        output += part;
        const line = /^listening on (\S+)$/m.exec(output);
        if (line) resolve(line[1]);
      });
    });
    server.startMs = performance.now() - began;
    await server.becomesReady();
    server.readyMs = performance.now() - began;
    return server;
  }

  async becomesReady() {
    while (!(await fetch(`${this.url}/readyz`)).ok) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  async stop() {
    this.child.kill('SIGTERM');
    await once(this.child, 'exit');
  }

  command(words, input) {
    return execFileSync(placette, [...words, '--data-dir', this.dataDir], { encoding: 'utf8', input }).trim();
  }

  redis(...words) {
    return execFileSync('redis-cli', ['-s', join(this.dataDir, 'redis.sock'), ...words], { encoding: 'utf8' }).trim();
  }

  redisInfo(field) {
    return new RegExp(`^${field}:(.*?)\r?$`, 'm').exec(this.redis('info', 'everything'))[1];
  }

  get redisPid() {
    return Number(this.redisInfo('process_id'));
  }

  /** How long Redis read its files at its last start. */
  redisLoadMs() {
    return this.lastOf('redis.log', /DB loaded from append only file: ([\d.]+) seconds/g) * 1000;
  }

  /** How long the server then read its boards. */
  boardsLoadMs() {
    return this.lastOf('server.log', /loaded .* in (\d+) ms/g);
  }

  lastOf(log, pattern) {
    return Number([...readFileSync(join(this.dataDir, log), 'utf8').matchAll(pattern)].at(-1)[1]);
  }

  appendOnlyBytes() {
    const folder = join(this.dataDir, 'appendonlydir');
    return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  }

  memory() {
    return {
      serverKiB: residentKiB(this.child.pid),
      redisKiB: residentKiB(this.redisPid),
      redisUsedKiB: Math.round(Number(this.redisInfo('used_memory')) / 1024),
    };
  }

  /** Processor time so far, in ms. */
  cpu() {
    return { server: cpuMs(this.child.pid), redis: cpuMs(this.redisPid) };
  }
}

function residentKiB(pid) {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
}

function cpuMs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}
