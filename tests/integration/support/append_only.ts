import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The append-only file that the Redis of the data folder writes to. */
export function appendOnlyFile(dataDir: string): string {
  const folder = join(dataDir, 'appendonlydir');
  const manifest = readFileSync(join(folder, 'appendonly.aof.manifest'), 'utf8');
  const names = [...manifest.matchAll(/^file (\S+) seq \d+ type i$/gm)].map(([, name]) => name!);
  return join(folder, names.at(-1)!);
}

export const sizeOf = (file: string): number => statSync(file).size;

/** As a power cut leaves it: what stood behind the byte never came to the disk, nor did the sums of it. */
export function cutAt(file: string, byte: number, tail = Buffer.alloc(0)): void {
  truncateSync(file, byte);
  writeFileSync(file, tail, { flag: 'a' });
  const sums = `${file}.sums`;
  if (!existsSync(sums)) return;
  const kept = readFileSync(sums, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && Number(line.split(' ')[0]) <= byte);
  writeFileSync(sums, kept.map((line) => `${line}\n`).join(''));
}

/** The tails that were cut off at a start. */
export function cutTails(dataDir: string): string[] {
  const folder = join(dataDir, 'kept-aside');
  return existsSync(folder) ? readdirSync(folder) : [];
}
