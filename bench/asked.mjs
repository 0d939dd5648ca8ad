// What the command line asks of run.mjs, methods.mjs, page.mjs and report.mjs.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { scenarios } from './scenarios/index.mjs';

const methods = 'methods'; // beside the scenarios: measured by methods.mjs
const page = 'page'; // by page.mjs
const measurable = [...scenarios.map(({ name }) => name), methods, page];

const usage = `--rounds N     7 if not given
--only WHAT    one of ${measurable.join(', ')}; may be repeated
--quick        one short round, into build/bench/quick
--out FILE     instead of bench/results/results.json`;

function asked() {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '7' },
      only: { type: 'string', multiple: true, default: measurable },
      quick: { type: 'boolean', default: false },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const unknown = values.only.filter((name) => !measurable.includes(name));
  if (unknown.length > 0) throw new Error(`nothing is called ${unknown.join(', ')}`);
  return values;
}

function askedOrEnd() {
  try {
    const values = asked();
    if (!values.help) return values;
    console.log(usage);
  } catch (error) {
    console.error(`${error.message}\n${usage}`);
    process.exitCode = 2;
  }
  process.exit();
}

const values = askedOrEnd();
const at = (path) => fileURLToPath(new URL(path, import.meta.url));
export const file = values.out ?? at(values.quick ? '../build/bench/quick/results.json' : 'results/results.json');
export const methodsFile = join(dirname(file), 'methods.json');
export const pageFile = join(dirname(file), 'page.json');
export const { quick } = values;
export const rounds = quick ? 1 : Number(values.rounds);
export const methodsAsked = values.only.includes(methods);
export const pageAsked = values.only.includes(page);
export const chosen = scenarios
  .filter(({ name }) => values.only.includes(name))
  .map((scenario) => (values.quick ? shortened(scenario) : scenario));

function shortened(scenario) {
  return 'seconds' in scenario.options ? { ...scenario, options: { ...scenario.options, seconds: 2 } } : scenario;
}
