// Writes the tables and the plots beside the results, from these alone: node bench/report.mjs [--quick] [--out file]
import { writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { file, methodsFile, pageFile } from './asked.mjs';
import { franceSection } from './france/report.mjs';
import { methodsSection } from './report/methods.mjs';
import { pageSection } from './report/page.mjs';
import { plots } from './report/plots.mjs';
import { markdown } from './report/tables.mjs';
import { readIfThere, readResults } from './results.mjs';
import { scenarios } from './scenarios/index.mjs';

const folder = dirname(resolve(file));
const guide = relative(folder, fileURLToPath(new URL('../docs/performance.md', import.meta.url)));
const write = (name, text) => writeFileSync(join(folder, name), text);
const results = readResults(file);
const methods = readIfThere(methodsFile);
const page = readIfThere(pageFile);
const france = readIfThere(join(folder, 'france.json'));
const more = [
  ...(methods ? [methodsSection(methods)] : []),
  ...(page ? [pageSection(page)] : []),
  ...(france ? [franceSection(france)] : []),
];
const pictures = plots(results);
write('README.md', markdown(results, scenarios, { guide, pictures, more }));
for (const { name, svg } of pictures) write(name, svg);
