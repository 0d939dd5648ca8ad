// What grew: node bench/cost/compare.mjs [--accept] [--build folder]
// Ends with 1 where a stage needs over 2 % more instructions than in the baseline; --accept makes the present the baseline.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, count, profileOf, tools } from './counting.mjs';

const tolerated = 0.02;
const { values: asked } = parseArgs({ options: { accept: { type: 'boolean' }, build: { type: 'string' } } });
const folder = resolve(asked.build ?? fileURLToPath(new URL('../../build/cost', import.meta.url)));
const file = new URL('baseline.json', import.meta.url);

const number = (value) => value?.toLocaleString('en') ?? '–';
const percent = (growth) => `${growth < 0 ? '' : '+'}${(100 * growth).toFixed(2)} %`;
const line = (stage, ...columns) => console.log(stage.padEnd(38), ...columns.map((column) => column.padStart(14)));

build(folder);
const baseline = JSON.parse(readFileSync(file, 'utf8'));
const now = { ...tools(folder), instructions: count(folder) };

for (const tool of ['compiler', 'flags', 'valgrind'])
  if (now[tool] !== baseline[tool])
    console.log(`Not comparable: ${tool} is “${now[tool]}”, the baseline's “${baseline[tool]}”.`);

const stages = [...new Set([...Object.keys(baseline.instructions), ...Object.keys(now.instructions)])].map((stage) => {
  const [before, after] = [baseline.instructions[stage], now.instructions[stage]];
  return { stage, before, after, growth: after / before - 1 };
});
line('stage', 'baseline', 'now', 'change');
for (const { stage, before, after, growth } of stages)
  line(stage, number(before), number(after), before && after ? percent(growth) : before ? 'gone' : 'new');

if (asked.accept) {
  writeFileSync(file, `${JSON.stringify(now, null, 2)}\n`);
  console.log('This is the baseline now.');
} else {
  const unlike = stages.filter(({ growth }) => !(growth <= tolerated));
  if (stages.some(({ growth }) => growth < -tolerated))
    console.log('Some need less: with --accept, so that it is seen when that is lost again.');
  for (const { stage } of unlike)
    console.log(`${stage}: see callgrind_annotate ${join(folder, profileOf(stage))}; if it is meant, --accept.`);
  process.exitCode = unlike.length > 0 ? 1 : 0;
}
