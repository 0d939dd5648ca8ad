// A clock on the wall that is set forward while programs run; what measures durations is left alone.
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('clock.c', import.meta.url));
// This process may be on another day itself (`on`): its clock is the one to start from.
const ownShift = Number(process.env.PLACETTE_CLOCK_SHIFT ?? 0);

export class MovingClock {
  #seconds;
  #path;

  /** @param {string} folder where its files are; @param {number} start in ms: the date at first */
  constructor(folder, start = Date.now()) {
    const library = join(folder, 'clock.so');
    execFileSync('cc', ['-shared', '-fPIC', '-O2', '-o', library, source]);
    this.#path = join(folder, 'clock');
    this.#seconds = ownShift + Math.round((start - Date.now()) / 1000);
    writeFileSync(this.#path, this.#bytes());
    /** Of the programs that shall live by it. */
    this.environment = { LD_PRELOAD: library, PLACETTE_CLOCK_FILE: this.#path };
  }

  get now() {
    return Date.now() + 1000 * (this.#seconds - ownShift);
  }

  forward(seconds) {
    this.#seconds += Math.ceil(seconds);
    const file = openSync(this.#path, 'r+'); // in place: it is mapped
    writeSync(file, this.#bytes(), 0, 8, 0);
    closeSync(file);
  }

  #bytes() {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(this.#seconds));
    return bytes;
  }
}
