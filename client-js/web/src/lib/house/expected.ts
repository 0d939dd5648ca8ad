// Who is expected in a facility, and who came: by day, then by hour of arrival.
import { opensOn, periodOf } from '../places/facilities';
import { addDays } from '../time/dates';
import { childAge } from '../booking/booking-words';
import { capitalized, counted, dayShort, relativeDay, time } from '../words/format';
import type { Booking, Facility, Place } from '../types';

export interface Expected {
  booking: Booking;
  place: Place;
}

/** Nobody comes for these, or nobody knows yet. */
const hidden: readonly Booking['state'][] = ['held', 'released', 'expired'];
/** A facility that was closed longer has forgotten who was to come before. */
const daysBack = 31;

/** Each place of a day, those that were cancelled too. */
export function expectedOn(bookings: readonly Booking[], facility: Facility, date: string): Expected[] {
  const order = (section: string) => facility.sections.findIndex(({ id }) => id === section);
  return bookings
    .filter((booking) => booking.facility === facility.id && !hidden.includes(booking.state))
    .flatMap((booking) => booking.places.map((place) => ({ booking, place })))
    .filter(({ place }) => place.date === date)
    .sort(
      (a, b) =>
        arrivalOf(facility, a.place).localeCompare(arrivalOf(facility, b.place)) ||
        order(a.place.section) - order(b.place.section) ||
        a.booking.id.localeCompare(b.booking.id),
    );
}

export const isComing = ({ place }: Expected) => place.outcome !== 'cancelled';
/** Nobody has said yet whether the child came. */
export const isOpen = ({ place }: Expected) => place.outcome === null;

/** "08:15" */
export function arrivalOf(facility: Facility, place: Place): string {
  return place.arrive ?? periodOf(facility, place.period)?.start ?? '';
}

/** "11:45" */
export function departureOf(facility: Facility, place: Place): string {
  return place.leave ?? periodOf(facility, place.period)?.end ?? '';
}

/** The last day before today on which the facility was open. */
export function lastOpenDay(facility: Facility, today: string): string | undefined {
  for (let back = 1; back <= daysBack; back++) {
    const date = addDays(today, -back);
    if (opensOn(facility, date)) return date;
  }
  return undefined;
}

/** An answer is given, and corrected, until the end of the next opening day. */
export function mayRecord(facility: Facility, date: string, today: string): boolean {
  return date === today || (date < today && date >= (lastOpenDay(facility, today) ?? today));
}

/** « 20 mois, marche » */
export function ageAndWalk(booking: Booking, place: Place): string {
  // That a child does not walk may only mean that nobody asked.
  const walks = booking.children[place.child]?.walker && 'marche';
  return [childAge(booking, place), walks].filter(Boolean).join(', ');
}

/** « avec repas », « sans repas »; empty: nobody has said. */
export function mealWords({ meal }: Place): string {
  return meal === true ? 'avec repas' : meal === false ? 'sans repas' : '';
}

/** « Prénom non transmis » where the parent has not agreed. */
export function childName(booking: Booking): string {
  return booking.contact?.firstNames || 'Prénom non transmis';
}

/** « 8 h 15 · 20 mois, marche · Moyens · jusqu’à 11 h 45 · sans repas · première venue », without the name. */
export function expectedLine(facility: Facility, { booking, place }: Expected): string {
  const section = facility.sections.find(({ id }) => id === place.section)?.name ?? place.section;
  const until = departureOf(facility, place);
  return [
    ageAndWalk(booking, place),
    section,
    until && `jusqu’à ${time(until)}`,
    mealWords(place),
    booking.known ? 'déjà venu' : 'première venue',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** « Aujourd’hui », « Demain », « Hier », « Vendredi 27 ». */
export function dayName(date: string, today: string): string {
  if (date === addDays(today, -1)) return 'Hier';
  return capitalized(date < today ? dayShort(date) : relativeDay(date, today));
}

/** « 3 enfants attendus : 1 en Bébés, 2 en Moyens » */
export function howMany(facility: Facility, expected: readonly Expected[]): string {
  const coming = expected.filter(isComing);
  if (coming.length === 0) return 'personne d’attendu';
  const parts = facility.sections.flatMap(({ id, name }) => {
    const count = coming.filter(({ place }) => place.section === id).length;
    return count > 0 ? `${name}\u00a0${count}` : [];
  });
  const total = counted(coming.length, 'enfant attendu', 'enfants attendus');
  return parts.length > 1 ? `${total} (${parts.join(', ')})` : total;
}
