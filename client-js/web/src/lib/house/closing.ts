// What a facility closes for once: half-days, sections, up to a day; and whom it hits.
import type { CallParams } from '@placette/client';
import { hasEnded, periodOf } from '../places/facilities';
import { counted } from '../words/format';
import type { Booking, Facility, Place } from '../types';

export interface Closing {
  facility: Facility;
  /** Both included. */
  from: string;
  to: string;
  /** Empty: all. */
  periods: readonly string[];
  sections: readonly string[];
}

/** So many days more than the first at once. */
export const longestClosing = 30;

export interface Hit {
  children: number;
  /** Holds: they are given back. */
  held: number;
  /** That have booked. */
  offices: string[];
}

/** Of bookings as they are before it (`null`), or after (`cancelled`): what is over is not hit. */
export function hitBy(
  { from, to, facility, periods, sections }: Closing,
  bookings: readonly Booking[],
  outcome: null | 'cancelled',
  [zone, now]: [string, number],
): Hit {
  const isHit = (place: Place) => {
    const half = periodOf(facility, place.period);
    return (
      place.outcome === outcome &&
      from <= place.date &&
      place.date <= to &&
      (periods.length === 0 || periods.includes(place.period)) &&
      (sections.length === 0 || sections.includes(place.section)) &&
      !(half && hasEnded(place.date, half, zone, now))
    );
  };
  const isHold = ({ state }: Booking) => state === 'held' || state === 'released';
  const booked = bookings.filter((booking) => !isHold(booking) && booking.places.some(isHit));
  const children = booked.flatMap(({ id, places }) => places.filter(isHit).map(({ child }) => `${id} ${child}`));
  return {
    children: new Set(children).size,
    held: bookings.filter(isHold).length,
    offices: [...new Set(booked.map(({ office }) => office))],
  };
}

/** « 3 enfants attendus, 2 services seront prévenus. » */
export function foreseenWords({ children, held, offices }: Hit): string {
  if (children + held === 0) return 'Personne n’est attendu.';
  return [
    children > 0 &&
      `${counted(children, 'enfant attendu', 'enfants attendus')}, ` +
        `${counted(offices.length, 'service sera prévenu', 'services seront prévenus')}.`,
    held > 0 && `${counted(held, 'place retenue sera rendue', 'places retenues seront rendues')}.`,
  ]
    .filter(Boolean)
    .join(' ');
}

/** « 3 réservations annulées, 2 services prévenus » */
export function doneWords({ children, offices }: Hit): string {
  if (children === 0) return 'personne n’était attendu';
  const all = counted(children, 'enfant ne viendra pas', 'enfants ne viendront pas');
  return `${all}, ${counted(offices.length, 'service est prévenu', 'services sont prévenus')}`;
}

/** As the server is told. */
export function paramsOf({ facility, from, to, periods, sections }: Closing): CallParams<'availability.reopen'> {
  return {
    facility: facility.id,
    from,
    ...(to > from && { to }),
    ...(periods.length > 0 && { periods: [...periods] }),
    ...(sections.length > 0 && { sections: [...sections] }),
  };
}
