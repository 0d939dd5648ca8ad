// What the command line asks of run.mjs, methods.mjs and report.mjs.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { scenarios } from './scenarios/index.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    only: { type: 'string', multiple: true, default: scenarios.map(({ name }) => name) },
    quick: { type: 'boolean', default: false },
    out: { type: 'string' },
  },
});

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
export const file = values.out ?? at(values.quick ? '../build/bench/quick/results.json' : 'results/results.json');
export const methodsFile = join(dirname(file), 'methods.json');
export const { quick } = values;
export const rounds = quick ? 1 : Number(values.rounds);
export const chosen = scenarios
  .filter(({ name }) => values.only.includes(name))
  .map((scenario) => (values.quick ? shortened(scenario) : scenario));

function shortened(scenario) {
  return 'seconds' in scenario.options ? { ...scenario, options: { ...scenario.options, seconds: 2 } } : scenario;
}
