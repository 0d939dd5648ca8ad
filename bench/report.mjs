// Writes results/README.md and the plots anew, from the results alone: node bench/report.mjs [results.json]
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { plots } from './report/plots.mjs';
import { markdown } from './report/tables.mjs';
import { readResults, resultsFile } from './results.mjs';
import { scenarios } from './scenarios/index.mjs';

const file = process.argv[2] ?? resultsFile;
const results = readResults(file);
writeFileSync(join(dirname(file), 'README.md'), markdown(results, scenarios));
for (const [name, svg] of Object.entries(plots(results, scenarios))) {
  writeFileSync(join(dirname(file), name), svg);
}
