// Measures: node bench/run.mjs [--rounds 7] [--only scenario]… [--quick] [--out file]
import { chosen, file, rounds } from './asked.mjs';
import { commit, machine, measuredPeers } from './machine.mjs';
import { measure } from './measure.mjs';
import { syncFloor, writeFloor } from './peers/floors.mjs';
import { readResults, writeResults } from './results.mjs';

if (chosen.length === 0) process.exit();

/** Another one is first in each round, and every other round goes the other way: neighbours change. */
function turnsOf({ targets }, round) {
  const first = round % targets.length;
  const turns = [...targets.slice(first), ...targets.slice(0, first)];
  return round % 2 ? turns.reverse() : turns;
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

const { scenarios } = readResults(file);
const results = { machine: machine(), peers: measuredPeers(), floors: [], scenarios };
const measured = { date: new Date().toISOString().slice(0, 10), commit: commit() };
for (const { name, options } of chosen) scenarios[name] = { ...measured, options, results: {} };

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
