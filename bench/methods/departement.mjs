// A territory of a département's size: what is known of it, and what people ask of it.
import { randomUUID } from 'node:crypto';
import { departement, documentOf, everyDay, facilityIds, firstDay } from '../territories.mjs';

export const from = firstDay();
export const territory = departement.id;
export const { lasting: days } = departement;
export const size = { facilities: departement.facilities, days, cells: departement.cells };
export const facilities = facilityIds(departement);

// Who came is said once the half-day has begun: one facility has a period that lasts all day, where it is day now.
const attending = facilities[0];
const byDay = new Date().getUTCHours() < 12 ? 'Etc/GMT-6' : 'Etc/GMT+6';
const journee = { id: 'journee', name: 'Journée', start: '00:00', end: '23:59', days: everyDay };
export const begun = { date: dayAt(byDay), period: journee.id, section: 'moyens' };

export const document = withItsPlaces(documentOf(departement, from));
export const offices = document.offices.map(({ id }) => id);
const dates = [...new Set(document.cells.map(({ date }) => date))];

function dayAt(timeZone) {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(new Date());
}

function withItsPlaces({ territory, facilities, ...rest }) {
  const [commune] = territory.communes;
  const insee = (n) => String(21001 + n);
  const place = (_, n) => ({ ...commune, insee: insee(n), name: `Commune ${n + 1}` });
  const office = (_, n) => ({ id: `bench-office-${n + 1}`, name: `Office ${n + 1}`, kind: 'esco', commune: insee(n) });
  return {
    ...rest,
    territory: { ...territory, timezone: byDay, communes: Array.from({ length: 698 }, place) },
    facilities: facilities.map((one) => (one.id === attending ? { ...one, periods: [...one.periods, journee] } : one)),
    offices: Array.from({ length: 10 }, office),
  };
}

export const key = () => randomUUID();
export const dateOf = (n) => dates[n % dates.length];

/** The counts of some facilities for the first days. */
export function countsOf(some, lasting) {
  return document.cells.filter(({ facility, date }) => some.includes(facility) && dates.indexOf(date) < lasting);
}

/** A day for a child of a case. */
export const hold = (facility, n) => ({
  facility,
  key: key(),
  places: [
    { date: dateOf(n), period: 'matin', arrive: '08:15', leave: '12:00' },
    { date: dateOf(n), period: 'apres-midi', arrive: '13:30', leave: '17:30' },
  ],
  children: [{ ageMonths: 20, walker: true }],
  care: 'vip',
});

export const details = (n) => ({
  purpose: 'job_interview',
  caseRef: `G-${n}-${key().slice(0, 8)}`,
  commune: '21001',
  contact: { informed: true, firstNames: 'Lina', phone: '03 53 01 02 03' },
});
