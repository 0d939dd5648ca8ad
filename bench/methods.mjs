// What each method costs the server at a département's size: node bench/methods.mjs [--quick] [--out file]
import { methodsAsked, methodsFile, quick } from './asked.mjs';
import { commit } from './machine.mjs';
import { size } from './methods/departement.mjs';
import { Meter } from './methods/meter.mjs';
import { start } from './methods/people.mjs';
import { often, seldom } from './methods/stories.mjs';
import { methodsSection } from './report/methods.mjs';
import { writeResults } from './results.mjs';

if (!methodsAsked) process.exit();
const turns = quick ? { often: 5, seldom: 2 } : { often: 300, seldom: 20 };

async function tell(stories, times, people) {
  for (const story of stories) for (let n = 0; n < times; n++) await story(people, n);
}

const { server, lines, token } = await start();
const meter = new Meter(server);
const measured = Object.entries(lines).map(([who, line]) => [who, meter.on(line)]);
const people = { ...Object.fromEntries(measured), token };
try {
  await tell(often, turns.often, people);
  await tell(seldom, turns.seldom, people);
} finally {
  Object.values(lines).forEach(({ socket }) => socket.terminate());
  await server.stop();
}
const date = new Date().toISOString().slice(0, 10);
const results = { date, commit: commit(), size, methods: meter.results() };
writeResults(methodsFile, results);
console.log(methodsSection(results));
