// What families and services are told of a facility, and until when it takes them: as it is typed, and what of it is new.
import type { HouseChanges } from './settings.svelte';
import { readCount } from './week';
import { readPhones } from '../words/phone';
import type { Facility } from '../types';

/** As it stands in the fields. */
export interface Typed {
  phone: string;
  access: string;
  /** A line each. */
  bring: string;
  arriveUntil: string;
  mealCutoff: string;
  reservedFloor: string;
}

export const typedOf = (facility: Facility): Typed => ({
  phone: facility.phone,
  access: facility.access,
  bring: facility.bring.join('\n'),
  arriveUntil: facility.arriveUntil ?? '',
  mealCutoff: facility.mealCutoff ?? '',
  reservedFloor: String(facility.reservedFloor),
});

const mostThings = 30;

const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];

/** Why it cannot be recorded as it is typed, by field. */
export function troubleIn({ phone, bring, reservedFloor }: Typed): Partial<Record<keyof Typed, string>> {
  const things = linesOf(bring);
  return {
    ...(phone.trim() && !readPhones(phone) && { phone: 'Ce numéro n’est pas reconnu.' }),
    ...(things.length > mostThings && { bring: `${mostThings} lignes au plus.` }),
    ...(things.some((line) => line.length > 200) && { bring: 'Une ligne est trop longue.' }),
    ...(readCount(reservedFloor) === null && { reservedFloor: 'Indiquez un nombre de places.' }),
  };
}

/** Only what is not as before: what somebody else changes meanwhile stays. */
export function changesOf(facility: Facility, typed: Typed): HouseChanges {
  const before = typedOf(facility);
  const isNew = (name: keyof Typed) => typed[name].trim() !== before[name].trim();
  return {
    ...(isNew('phone') && { phone: typed.phone.trim() }),
    ...(isNew('access') && { access: typed.access.trim().replace(/\s*\n\s*/g, ' ') }),
    ...(isNew('bring') && { bring: linesOf(typed.bring) }),
    ...(isNew('arriveUntil') && { arriveUntil: typed.arriveUntil || null }),
    ...(isNew('mealCutoff') && { mealCutoff: typed.mealCutoff || null }),
    ...(isNew('reservedFloor') && { reservedFloor: readCount(typed.reservedFloor) ?? 0 }),
  };
}
