// Pushes counts from a file of lines `facility;date;period;section;open`, all of a facility or none:
//   PLACETTE_URL=https://places.example PLACETTE_TOKEN=… node push-counts.mjs counts.csv
import { readFileSync } from 'node:fs';
import { PlacetteRpc } from '@placette/client';

const rpc = new PlacetteRpc({ url: process.env.PLACETTE_URL, token: process.env.PLACETTE_TOKEN });

const cellsOf = new Map();
for (const line of readFileSync(process.argv[2], 'utf8').split(/\r?\n/).filter(Boolean)) {
  const [facility, date, period, section, open] = line.split(';');
  cellsOf.set(facility, [...(cellsOf.get(facility) ?? []), { date, period, section, open: Number(open) }]);
}

const outcomes = await rpc.batch(() =>
  Promise.allSettled([...cellsOf].map(([facility, cells]) => rpc.call('availability.set', { facility, cells }))),
);

for (const [index, facility] of [...cellsOf.keys()].entries()) {
  const { value, reason } = outcomes[index];
  if (value) console.log(`${facility}: ${value.cells.length} counts`);
  else console.error(`${facility}: ${reason.title} (${[reason.detail, reason.field].filter(Boolean).join(', ')})`);
  if (reason) process.exitCode = 1;
}
