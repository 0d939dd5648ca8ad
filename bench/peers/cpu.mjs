// CPU seconds of a process so far, all its threads together.
import { readFileSync } from 'node:fs';

const ticksPerSecond = 100;

export function cpuOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return { user: fields[11] / ticksPerSecond, system: fields[12] / ticksPerSecond };
}

export const between = (before, after) => ({
  user: after.user - before.user,
  system: after.system - before.system,
});
