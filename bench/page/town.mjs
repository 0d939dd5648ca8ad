// The boards on which pages are measured: the demo's, and one of 200 facilities; who looks at each, and who changes it.
import { randomUUID } from 'node:crypto';
import { folder } from '../folders.mjs';
import { connect } from '../france/line.mjs';
import { bringIn, startOn, tokenOf } from '../peers/placette.mjs';
import { documentOf, facilityIds, large } from '../territories.mjs';

const key = () => randomUUID();
const office = 'bench-page-office';
const password = 'only-for-a-bench';
const today = new Date().toISOString().slice(0, 10);

/** Ages as nurseries have them: with an age typed, a facility is one row. */
const ages = { bebes: [2, 15], moyens: [15, 24], grands: [24, 48] };

function document() {
  const { facilities, cells, ...rest } = documentOf(large, today);
  const section = ({ id, name }) => ({ id, name, minAgeMonths: ages[id][0], maxAgeMonths: ages[id][1] });
  const [{ insee }] = rest.territory.communes;
  return {
    ...rest,
    offices: [{ id: office, name: 'ESCO', kind: 'esco', commune: insee, phone: '03 53 01 09 00' }],
    facilities: facilities.map((facility, n) => ({
      ...facility,
      latitude: facility.latitude + n / 1000,
      sections: facility.sections.map(section),
    })),
    cells: cells.map((cell) => ({ ...cell, confirmedAt: new Date().toISOString() })),
  };
}

/** A server with both boards. */
export async function start() {
  const dataDir = folder();
  const server = await startOn(dataDir);
  const url = `http://${server.address}`;
  bringIn(document(), dataDir);
  const administrator = await connect({ url }, tokenOf('admin@demo', dataDir));
  const account = async (name, rights) => {
    const { code } = await administrator.call('account.create', { account: name, key: key(), name, ...rights });
    return { account: name, password, code };
  };
  const [first] = facilityIds(large);
  const demo = { account: 'manager@demo', password: 'demo' };
  const boards = [
    {
      name: 'demo',
      worker: { account: 'worker@demo', password: 'demo' },
      manager: demo,
      writer: await connect({ url }, tokenOf('manager@demo', dataDir)),
      facility: { id: 'genlis-lucioles', name: 'Les Lucioles' },
      facilities: ['genlis-lucioles'],
    },
    {
      name: '200 facilities',
      worker: await account('page-worker@bench', { roles: ['worker'], offices: [office] }),
      manager: await account('page-manager@bench', { roles: ['manager'], facilities: [first] }),
      writer: null,
      facility: { id: first, name: first },
      facilities: facilityIds(large),
    },
  ];
  await account('page-writer@bench', { roles: ['manager'], facilities: facilityIds(large) });
  boards[1].writer = await connect({ url }, tokenOf('page-writer@bench', dataDir));
  return { url, server, boards, lines: [administrator, ...boards.map(({ writer }) => writer)] };
}

/** One place more, or one less, in a cell. */
export const step = ({ writer }, facility, date, by) =>
  writer.call('availability.adjust', {
    facility,
    key: key(),
    force: true,
    cells: [{ date, period: 'apres-midi', section: 'moyens', by }],
  });
