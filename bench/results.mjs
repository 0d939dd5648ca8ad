// results/results.json: {machine, peers, floors, scenarios: {name: {date, commit, options, results}}}; results: by label the
// figures of each round.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export const readIfThere = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null);
export const readResults = (file) => readIfThere(file) ?? { scenarios: {}, floors: [] };

/** Never leaves half a file behind: a run is long, and may be broken off. */
export function writeResults(file, results) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(results, null, 1)}\n`);
  renameSync(`${file}.new`, file);
}
