// Laws of the machine: what one small write() costs, and how long the disk takes to have a small append for certain.
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from '../folders.mjs';
import { run } from '../process.mjs';
import { writeFloorProgram } from '../programs.mjs';
import { quantile } from '../statistics.mjs';

export const writeFloor = async (seconds) => JSON.parse(await run(writeFloorProgram, [String(seconds)]));

/** Milliseconds of a synced append of 4 KiB, over so many. */
export function syncFloor(appends) {
  const file = openSync(join(folder(), 'synced'), 'a');
  const page = Buffer.alloc(4096, 'x');
  const times = Array.from({ length: appends }, () => {
    const began = performance.now();
    writeSync(file, page);
    fdatasyncSync(file);
    return performance.now() - began;
  });
  closeSync(file);
  return { appends, p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}
