// Brings France into an empty store, by the protocol alone.
import { randomUUID } from 'node:crypto';
import { documents, someCell } from './france.mjs';
import { connect } from './line.mjs';

const importsInFlight = 4;
const bookingsInFlight = 64;

/** So many workers take from one source until it is empty. */
async function together(count, source, work) {
  const lane = async () => {
    for (const one of source) await work(one);
  };
  await Promise.all(Array.from({ length: count }, lane));
}

function* documentsOf(territories) {
  for (const territory of territories) yield* documents(territory);
}

export async function importAll(server, token, territories) {
  const began = performance.now();
  const lines = await Promise.all(Array.from({ length: importsInFlight }, () => connect(server, token)));
  let count = 0;
  await together(importsInFlight, documentsOf(territories), async (document) => {
    const line = lines.pop();
    await line.call('territory.import', { document, key: randomUUID() });
    lines.push(line);
    count++;
  });
  lines.forEach(({ socket }) => socket.terminate());
  return { documents: count, seconds: (performance.now() - began) / 1000 };
}

function* bookings(facilities, count) {
  for (let n = 0; n < count; n++) {
    const { cell, ageMonths } = someCell();
    yield {
      facility: facilities[Math.floor(Math.random() * facilities.length)],
      key: randomUUID(),
      places: [cell],
      children: [{ ageMonths, walker: true }],
      care: 'vip',
      purpose: 'job_interview',
      caseRef: `F-${n}`,
    };
  }
}

/** Those that find no place are counted apart. */
export async function bookAll(server, token, territories, count) {
  const facilities = territories.flatMap((territory) => territory.facilities);
  const began = performance.now();
  const line = await connect(server, token);
  let full = 0;
  await together(bookingsInFlight, bookings(facilities, count), async (booking) => {
    await line.call('booking.create', booking).catch((error) => {
      if (!error.message.includes('no_place')) throw error;
      full++;
    });
  });
  line.socket.terminate();
  const seconds = (performance.now() - began) / 1000;
  return { bookings: count - full, full, seconds, perSecond: count / seconds };
}
