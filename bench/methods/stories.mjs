// What people do, told as calls: every method, with the parameters that it meets at work. `n` counts the tellings.
import { setTimeout as pause } from 'node:timers/promises';
import {
  begun,
  countsOf,
  dateOf,
  days,
  details,
  document,
  facilities,
  from,
  hold,
  key,
  territory,
} from './departement.mjs';

const [facility] = facilities;
const withoutFacility = ({ facility: _, ...count }) => count;

/** What is read comes first: the bookings made here do not add to what is listed. */
export const often = [opening, lookingUp, comingBack, counting, booking, attending, changingOneSMind, calling, tokens];
/** What is dear, or rare. */
export const seldom = [watching, people, entering];

async function opening({ coordinator, token }) {
  await coordinator('session.hello', { client: 'bench', version: '1' });
  await coordinator('session.authenticate', { token });
  await coordinator('territory.get', { territory });
  await coordinator('facility.list', { territory });
}

async function lookingUp({ manager, worker }) {
  await manager('booking.list', { facility }, 'of a facility, 10 bookings');
  await worker('booking.list', {}, 'of an office, a page of 64');
}

async function comingBack({ manager, worker }) {
  const board = await manager('board.subscribe', { territory, from, days: 14, facilities: [facility] }, 'one facility');
  await manager('board.unsubscribe', { subscription: board.subscription });
  const own = await manager('booking.subscribe', {}, 'of a facility, 10 bookings');
  await manager('booking.unsubscribe', { subscription: own.subscription });
  const { subscription, epoch, offset } = await worker('booking.subscribe', {}, 'of an office, 200 bookings');
  await worker('booking.unsubscribe', { subscription });
  await worker('booking.subscribe', { since: { epoch, offset } }, 'since');
  await worker('booking.unsubscribe', { subscription });
}

async function counting({ manager }, n) {
  const cell = { date: dateOf(n), period: 'matin', section: 'moyens' };
  const month = countsOf([facility], days).map(withoutFacility);
  await manager('availability.adjust', { facility, key: key(), force: true, cells: [{ ...cell, by: n % 2 ? -1 : 1 }] });
  await manager(
    'availability.set',
    { facility, key: key(), force: true, cells: [{ ...cell, open: 18 + (n % 3) }] },
    'one cell',
  );
  await manager('availability.set', { facility, key: key(), force: true, cells: month }, 'a month, 186 cells');
  await manager('availability.confirm', { facility, key: key(), from, to: dateOf(13) }, 'a fortnight');
}

async function booking({ worker, manager }, n) {
  const { booking } = await worker('booking.hold', hold(facility, n));
  const its = { booking: booking.id };
  await worker('booking.extend', { ...its, key: key() });
  await worker('booking.confirm', { ...its, key: key(), ...details(n) });
  await manager('booking.acknowledge', { ...its, key: key() });
  await worker('booking.get', its);
}

async function attending({ worker, manager }, n) {
  const today = { ...hold(facility, n), places: [begun], ...details(n) };
  const { booking } = await worker('booking.create', today, 'one place');
  await manager('booking.attendance', { booking: booking.id, key: key(), place: 0, outcome: 'attended' });
}

async function changingOneSMind({ worker }, n) {
  const { booking } = await worker('booking.hold', hold(facility, n));
  await worker('booking.release', { booking: booking.id, key: key() });
}

async function calling({ worker }, n) {
  const { booking } = await worker('booking.create', { ...hold(facility, n), ...details(n) });
  await worker('booking.cancel', { booking: booking.id, key: key(), reason: 'ill', by: 'family' });
}

async function tokens({ administrator }) {
  const { id } = await administrator('token.create', { key: key(), name: 'bench', password: present });
  await administrator('token.list', {});
  await administrator('token.revoke', { key: key(), id });
}

const snapshotLivesMs = 300;

/** The whole board of the territory: the first to ask for it after a change, and the next. */
async function watching({ coordinator, manager }, n) {
  const board = { territory, from, days };
  const change = async () => {
    await pause(snapshotLivesMs);
    const cells = [{ date: dateOf(n), period: 'matin', section: 'grands', by: n % 2 ? -1 : 1 }];
    await manager('availability.adjust', { facility, key: key(), force: true, cells });
  };
  await change();
  await coordinator('board.get', board, 'snapshot, the first');
  const { subscription, epoch, offset } = await coordinator('board.subscribe', board, 'snapshot, the next');
  await coordinator('board.unsubscribe', { subscription });
  await change();
  for (const turn of ['the first', 'the next']) {
    await coordinator('board.subscribe', { ...board, since: { epoch, offset } }, `since, ${turn}`);
    await coordinator('board.unsubscribe', { subscription });
  }
}

async function people({ administrator }, n) {
  const account = `person-${n}@departement`;
  const rights = { roles: ['manager'], facilities: [facility] };
  await administrator('account.create', { account, key: key(), name: account, ...rights });
  await administrator('account.update', { account, key: key(), phone: '03 53 01 09 09' });
  await administrator('account.resetPassword', { account, key: key() });
  await administrator('account.list', {}, '200 accounts');
  const password = `bench-password-${n}`;
  await administrator('account.password', { key: key(), current: present, password });
  present = password;
}

let present = 'demo'; // the administrator's

async function entering({ administrator, manager }, n) {
  const entered = { ...document.facilities[n], access: `Bus ${n + 1}` };
  await administrator('facility.upsert', { territory, key: key(), facility: entered });
  await administrator('territory.import', importOf(1, days, n), 'a facility and a month, 186 cells');
  await administrator('territory.import', importOf(20, 14, n), '20 facilities and a fortnight, 1,680 cells');
  await manager('facility.list', { territory }, 'having written');
}

function importOf(howMany, lasting, n) {
  const some = facilities.slice(0, howMany);
  const cells = countsOf(some, lasting).map((count) => ({ ...count, open: 21 + n }));
  const { id, name, timezone } = document.territory;
  return { key: key(), document: { territory: { id, name, timezone }, cells } };
}
