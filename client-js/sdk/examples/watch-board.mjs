// Tells what changes on a board, until Ctrl-C:
//   PLACETTE_URL=https://places.example PLACETTE_TOKEN=… node watch-board.mjs 200000925
import { PlacetteClient } from '@placette/client';

const client = new PlacetteClient({ url: process.env.PLACETTE_URL, token: process.env.PLACETTE_TOKEN });
client.on('state', (state, { reason, retryInMs }) => console.error(state, reason, retryInMs ?? ''));
client.on('error', (error) => console.error(error.message));

const board = client.watchBoard({ territory: process.argv[2], days: 14 });
board.on('status', (status) => console.error(`the board is ${status}, true at ${board.asOf}`));
board.on('change', (changes) => {
  for (const { cell, previous } of changes) {
    const { facility, date, period, section, free } = cell;
    console.log(date, facility, period, section, `${previous?.free.vip ?? '?'} → ${free.vip}`);
  }
});

process.once('SIGINT', () => client.close());
await client.connect();
