// Who works in a département, a manager for each facility and a worker for each office; and what they have booked.
import { folder } from '../folders.mjs';
import { connect } from '../france/line.mjs';
import { bringIn, startOn, tokenOf } from '../peers/placette.mjs';
import { begun, details, document, facilities, hold, key, offices } from './departement.mjs';

const bookings = 2000;
const bookingsAtOnce = 50;

/** A server with the territory in it, the line of one of each, and the coordinator's token. */
export async function start() {
  const dataDir = folder();
  const server = await startOn(dataDir);
  const url = `http://${server.address}`;
  bringIn(document, dataDir);
  const administrator = await connect({ url }, tokenOf('admin@demo', dataDir));
  const create = (account, rights) =>
    administrator.call('account.create', { account, key: key(), name: account, phone: '03 53 01 09 00', ...rights });
  const signIn = async (account) => connect({ url }, tokenOf(account, dataDir));

  for (const facility of facilities)
    await create(`manager@${facility}`, { roles: ['manager'], facilities: [facility] });
  for (const office of offices) await create(`worker@${office}`, { roles: ['worker'], offices: [office] });
  await create('coordinator@departement', { roles: ['coordinator'] });
  await create('desk@departement', { roles: ['worker'], offices });
  await book(await signIn('desk@departement'));
  const lines = {
    administrator,
    manager: await signIn(`manager@${facilities[0]}`),
    worker: await signIn(`worker@${offices[0]}`),
    coordinator: await signIn('coordinator@departement'),
  };
  const open = { facility: facilities[0], key: key(), cells: [{ ...begun, open: 999 }] };
  await lines.manager.call('availability.set', open);
  return { server, lines, token: tokenOf('coordinator@departement', dataDir) };
}

/** As many in each facility as in any other, and of each office. */
async function book({ call, socket }) {
  const one = (n) => {
    const facility = facilities[n % facilities.length];
    const office = offices[Math.floor(n / facilities.length) % offices.length];
    return call('booking.create', { ...hold(facility, n), ...details(n), office });
  };
  for (let n = 0; n < bookings; n += bookingsAtOnce)
    await Promise.all(Array.from({ length: bookingsAtOnce }, (_, more) => one(n + more)));
  socket.terminate();
}
