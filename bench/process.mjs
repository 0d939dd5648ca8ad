// Child processes of the bench: each is started fresh, is known by its pid, and is stopped by it.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const readyWithinMs = 20000;
const stoppedWithinMs = 15000;

// Node cannot raise its soft limit of open files to the hard one; the shell can, and then becomes the program.
const unlimited = (program, args) => ['sh', ['-c', 'ulimit -S -n "$(ulimit -H -n)"; exec "$0" "$@"', program, ...args]];

// None outlives a run that is broken off.
const living = new Set();
process.on('exit', () => living.forEach((child) => child.kill('SIGTERM')));

/** Starts a program; `stop` ends it (SIGTERM, SIGKILL if it does not go) and waits for it. */
export function start(program, args, options = {}) {
  const child = spawn(...unlimited(program, args), { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let output = '';
  const keep = (part) => (output = (output + part).slice(-10000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  living.add(child);
  const ended = once(child, 'close').finally(() => living.delete(child));
  return {
    pid: child.pid,
    output: () => output,
    running: () => child.exitCode === null && child.signalCode === null,
    async stop() {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), stoppedWithinMs);
      await ended;
      clearTimeout(late);
    },
  };
}

/** Waits until `isReady` answers something true, as long as the process lives. */
export async function ready(child, isReady) {
  for (const began = Date.now(); Date.now() - began < readyWithinMs; await pause(20)) {
    if (!child.running()) break;
    const answer = await isReady(child);
    if (answer) return answer;
  }
  await child.stop();
  throw new Error(`a server did not start\n${child.output()}`);
}

export const acceptsOn = (where) => () =>
  new Promise((resolve) => {
    const socket = connect(where);
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

export const childrenOf = (pid) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);

/** Runs a program to its end and answers what it printed. */
export async function run(program, args, options = {}) {
  const { stdout } = await promisify(execFile)(...unlimited(program, args), { maxBuffer: 1 << 26, ...options });
  return stdout;
}

export const runNow = (program, args, options = {}) => execFileSync(program, args, { encoding: 'utf8', ...options });
