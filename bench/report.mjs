// Writes the tables and the plots beside the results, from these alone: node bench/report.mjs [--quick] [--out file]
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { file } from './asked.mjs';
import { plots } from './report/plots.mjs';
import { markdown } from './report/tables.mjs';
import { readResults } from './results.mjs';
import { scenarios } from './scenarios/index.mjs';

const results = readResults(file);
const written = { 'README.md': markdown(results, scenarios), ...plots(results, scenarios) };
for (const [name, text] of Object.entries(written)) writeFileSync(join(dirname(file), name), text);
