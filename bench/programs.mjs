// The programs that are measured and measure. Built elsewhere, they are named by the environment.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const built = (preset) => fileURLToPath(new URL(`../build/${preset}`, import.meta.url));
const tools = process.env.PLACETTE_BENCH_BUILD ?? built('bench');

export const placette = process.env.PLACETTE_BIN ?? join(built('release'), 'placette');
export const load = join(tools, 'placette-load');
export const writeFloorProgram = join(tools, 'placette-write-floor');
