// Writes the tables and the plots beside the results, from these alone: node bench/report.mjs [--quick] [--out file]
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { file, methodsFile } from './asked.mjs';
import { methodsSection } from './report/methods.mjs';
import { plots } from './report/plots.mjs';
import { markdown } from './report/tables.mjs';
import { readIfThere, readResults } from './results.mjs';
import { scenarios } from './scenarios/index.mjs';

const write = (name, text) => writeFileSync(join(dirname(file), name), text);
const results = readResults(file);
const methods = readIfThere(methodsFile);
const more = methods ? [methodsSection(methods)] : [];
const pictures = plots(results);
write('README.md', markdown(results, scenarios, pictures, more));
for (const { name, svg } of pictures) write(name, svg);
