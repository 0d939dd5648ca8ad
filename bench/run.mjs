// Measures: node bench/run.mjs [--rounds 7] [--only scenario]… [--quick] [--out file]
import { chosen, file, rounds } from './asked.mjs';
import { machine, measuredPeers } from './machine.mjs';
import { measure } from './measure.mjs';
import { syncFloor, writeFloor } from './peers/floors.mjs';
import { readResults, writeResults } from './results.mjs';

if (chosen.length === 0) process.exit();

/** Who is measured in a round, another one first each time: nobody always comes after the same neighbour. */
function turnsOf({ targets }, round) {
  const due = targets.filter((target) => round < (target.rounds ?? rounds));
  const first = round % due.length;
  return [...due.slice(first), ...due.slice(0, first)];
}

/** A measurement that failed is told as such, and the others go on. */
async function outcomeOf(scenario, target) {
  try {
    return await measure(scenario, target);
  } catch (error) {
    console.error(error.message);
    return { error: error.stderr?.trim().split('\n').at(-1) || 'no answer' };
  }
}

const results = { ...readResults(file), machine: machine(), peers: measuredPeers(), floors: [] };
for (const { name, options } of chosen) {
  results.scenarios[name] = { date: new Date().toISOString().slice(0, 10), options, results: {} };
}

for (let round = 0; round < rounds; round++) {
  results.floors.push({ sync: syncFloor(500), write: await writeFloor(2) });
  for (const scenario of chosen) {
    for (const target of turnsOf(scenario, round)) {
      const began = performance.now();
      const outcome = await outcomeOf(scenario, target);
      (results.scenarios[scenario.name].results[target.label] ??= []).push(outcome);
      const took = ((performance.now() - began) / 1000).toFixed(1);
      const said = outcome.error ? 'failed' : 'done';
      console.log(`round ${round + 1}/${rounds}  ${scenario.name}  ${target.label}  ${said} in ${took} s`);
      writeResults(file, results);
    }
  }
}
console.log(`written: ${file}`);
