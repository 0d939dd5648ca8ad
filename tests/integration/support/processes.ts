import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { until } from './until.js';

/** Living, and not a zombie that waits for its parent. */
export function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

export const whenGone = (pid: number) => until(`process ${pid} ends`, () => !isAlive(pid), 15_000);

/** Every redis-server that works in the folder: there must never be two. */
export function redisPids(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => isAlive(pid) && isRedisOf(pid, folder));
}

function isRedisOf(pid: number, folder: string): boolean {
  try {
    if (!readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('redis-server')) return false;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return command.includes(folder) || readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
  } catch {
    return false; // it ended while we looked
  }
}

export function residentKiB(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  if (!line) throw new Error(`process ${pid} has no resident memory`);
  return Number(line[1]);
}
