import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Server } from './server.js';

/** A mount that only the program sees, and that goes with it: as root, else as the root of a name space of one's own. */
const ways = [
  ['unshare', '--mount'],
  ['unshare', '--user', '--map-root-user', '--mount'],
];
const mounting = (options: string, folder: string) => [
  ...['sh', '-c', 'mount -t tmpfs -o "$0" placette-test "$1" && shift && exec "$@"', options, folder],
];
const way = ways.find(([first, ...rest]) => {
  const tried = spawnSync(first!, [...rest, ...mounting('size=64k', tmpdir()), 'true']);
  return tried.status === 0;
});

export const canMount = way !== undefined;
if (!canMount)
  console.log('no disk can be mounted here, as root or in a name space: what a full one does is not tested');

/** Runs the program with a disk in memory at its folder: `under` of a server. */
export const withDisk = (folder: string, options: string): string[] => [...way!, ...mounting(options, folder)];

/** Takes all room that there is. */
export function fill(server: Pick<Server, 'pid' | 'dataDir'>): void {
  const file = openSync(filler(server), 'w');
  for (let size = 1 << 22; size > 0;) {
    try {
      writeSync(file, Buffer.alloc(size));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      size >>= 1;
    }
  }
  closeSync(file);
}

export const makeRoom = (server: Pick<Server, 'pid' | 'dataDir'>): void => rmSync(filler(server));

/** The disk as the program sees it. */
const filler = ({ pid, dataDir }: Pick<Server, 'pid' | 'dataDir'>) => join(`/proc/${pid}/root`, dataDir, 'filler');
