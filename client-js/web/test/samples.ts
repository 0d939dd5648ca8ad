import type { Booking, Cell, Facility } from '../src/lib/types';

export const lucioles: Facility = {
  id: 'genlis-lucioles',
  name: 'Les Lucioles',
  kind: 'multi_accueil',
  commune: { insee: '21292', name: 'Genlis' },
  address: '2 rue des Lucioles, 21110 Genlis',
  access: '5 min à pied de la gare',
  phone: '03 53 01 00 12',
  latitude: 47.242,
  longitude: 5.224,
  capacity: 30,
  reservedFloor: 2,
  bring: [],
  sections: [
    { id: 'bebes', name: 'Bébés', minAgeMonths: 2, maxAgeMonths: 15 },
    { id: 'moyens', name: 'Moyens', minAgeMonths: 15, maxAgeMonths: 24 },
  ],
  periods: [
    { id: 'matin', name: 'Matin', start: '08:00', end: '12:30', days: ['mon', 'tue', 'wed', 'thu', 'fri'] },
    { id: 'apres-midi', name: 'Après-midi', start: '13:30', end: '18:00', days: ['mon', 'tue', 'thu', 'fri'] },
  ],
  closures: [{ from: '2026-12-24', to: '2027-01-03', reason: 'Fermeture de fin d’année' }],
};

export function facility(changes: Partial<Facility>): Facility {
  return { ...lucioles, ...changes };
}

export function cell(changes: Partial<Cell> = {}): Cell {
  return {
    facility: 'genlis-lucioles',
    date: '2026-11-25',
    period: 'matin',
    section: 'moyens',
    open: 2,
    reserved: 0,
    vip: 0,
    other: 0,
    held: 0,
    free: { vip: 2, other: 2 },
    overcommitted: false,
    closed: false,
    confirmedAt: '2026-11-24T16:02:00Z',
    staleAt: '2026-11-25T23:00:00Z',
    version: 1,
    ...changes,
  };
}

export function booking(changes: Partial<Booking> = {}): Booking {
  return {
    id: '200000925.1',
    facility: 'genlis-lucioles',
    office: 'esco-genlis',
    state: 'confirmed',
    approval: 'none',
    places: [
      {
        id: 0,
        date: '2026-11-25',
        period: 'matin',
        section: 'moyens',
        child: 0,
        outcome: null,
        arrive: '08:15',
        leave: '11:45',
        meal: false,
      },
    ],
    children: [{ birthMonth: '2025-03', walker: true }],
    known: false,
    bookedBy: { name: 'Claire Martin', phone: '0353010040' },
    seenAt: null,
    createdAt: '2026-11-24T16:00:00Z',
    version: 2,
    ...changes,
  };
}
