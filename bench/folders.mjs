// Folders for servers of one run, on a disk (a Redis that syncs must meet one), forgotten at the end.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = mkdtempSync(join(process.env.PLACETTE_BENCH_DIR ?? '/var/tmp', 'placette-bench-'));
process.on('exit', () => rmSync(root, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

export const disk = root;
export const folder = () => mkdtempSync(join(root, 'f'));
