// France as Placette would know it: the real intermunicipal communities, with invented places of care.
import { readFileSync } from 'node:fs';

const facilitiesOfFrance = 17_000;
const facilitiesPerDocument = 20; // with their cells: a document has to fit into a frame of 256 KiB

export const office = 'france-travail'; // one office that serves every territory
export const days = 14;
const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const periods = [
  { id: 'matin', name: 'Matin', start: '08:00', end: '12:30', days: everyDay },
  { id: 'apres-midi', name: 'Après-midi', start: '13:30', end: '18:00', days: everyDay },
];
const sections = [
  { id: 'petits', name: 'Petits', minAgeMonths: 3, maxAgeMonths: 18 },
  { id: 'moyens', name: 'Moyens', minAgeMonths: 18, maxAgeMonths: 30 },
  { id: 'grands', name: 'Grands', minAgeMonths: 30, maxAgeMonths: 72 },
];
export const cellsPerFacility = days * periods.length * sections.length;

const row =
  /^(?<id>\d+),(?<name>".*"|[^,]*),\w+,\w+,\d+,(?<population>\d+),(?<latitude>[-\d.]*),(?<longitude>[-\d.]*)$/;

/** The communities of the file, or only every n-th of them. */
export function communities(every = 1) {
  const lines = readFileSync(new URL('epci-france.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1);
  const all = lines.map((line) => {
    const { id, name, population, latitude, longitude } = row.exec(line).groups;
    const place = latitude ? { latitude: Number(latitude), longitude: Number(longitude) } : {};
    return { id, name: name.replaceAll('"', ''), population: Number(population), ...place };
  });
  const inhabitants = all.reduce((sum, { population }) => sum + population, 0);
  return all
    .filter((_, n) => n % every === 0)
    .map((community) => {
      const share = (facilitiesOfFrance * community.population) / inhabitants;
      const count = Math.max(1, Math.round(share));
      return { ...community, facilities: Array.from({ length: count }, (_, n) => `${community.id}-${n}`) };
    });
}

/** The n-th day from today on. */
export const dateOf = (n) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);

/** A day, period and section by chance; tomorrow at the earliest. */
export function someCell() {
  const one = (list) => list[Math.floor(Math.random() * list.length)];
  const section = one(sections);
  const cell = {
    date: dateOf(1 + Math.floor(Math.random() * (days - 1))),
    period: one(periods).id,
    section: section.id,
  };
  return { cell, ageMonths: section.minAgeMonths + 1 };
}

/** A community's import documents: each brings some of its facilities, with their counts. */
export function* documents(community) {
  const { id, name, facilities } = community;
  const territory = { id, name, timezone: 'Europe/Paris' };
  const offices = [{ id: office, name: 'France Travail', kind: 'france_travail' }];
  for (let from = 0; from < facilities.length; from += facilitiesPerDocument) {
    const some = facilities.slice(from, from + facilitiesPerDocument);
    yield {
      territory,
      offices,
      facilities: some.map((facility) => facilityOf(community, facility)),
      cells: some.flatMap((facility) => [...cellsOf(facility)]),
    };
  }
}

function facilityOf({ name, latitude, longitude }, id) {
  return {
    id,
    name: `Multi-accueil ${id}`,
    kind: 'multi_accueil',
    commune: { insee: '21292', name: name.slice(0, 100) },
    address: '1 place de la Mairie',
    access: '5 min à pied de la gare',
    phone: '03 53 01 00 00',
    ...(latitude && { latitude, longitude }),
    capacity: 30,
    bring: ['Doudou', 'Une tenue de rechange', 'Le carnet de santé'],
    sections,
    periods,
  };
}

function* cellsOf(facility) {
  for (let n = 0; n < days; n++)
    for (const period of periods)
      for (const section of sections)
        yield { facility, date: dateOf(n), period: period.id, section: section.id, open: 4, reserved: 1 };
}
