// A booking as a facility reads it: child, hours, who booked; never why.
import { monthsBetween } from '../time/dates';
import { periodOf } from '../places/facilities';
import { ageInMonths, capitalized, hours, weekdayAbbreviated } from '../words/format';
import type { Booking, Facility, Office, Place } from '../types';

export function childAge(booking: Booking, place: Place): string {
  const child = booking.children[place.child];
  return child ? ageInMonths(monthsBetween(`${child.birthMonth}-01`, place.date)) : '';
}

export function placeHours(facility: Facility, place: Place): string {
  const period = periodOf(facility, place.period);
  const arrive = place.arrive ?? period?.start;
  const leave = place.leave ?? period?.end;
  return arrive && leave ? hours(arrive, leave) : '';
}

export function sectionName(facility: Facility, place: Place): string {
  return facility.sections.find((section) => section.id === place.section)?.name.toLowerCase() ?? place.section;
}

/** « Mer. 25 matin, moyens · 20 mois · première venue · 8 h 15–11 h 45 · sans repas ». */
export function placeLine(booking: Booking, facility: Facility, place: Place): string {
  const period = periodOf(facility, place.period)?.name.toLowerCase() ?? place.period;
  const day = `${capitalized(weekdayAbbreviated(place.date))} ${Number(place.date.slice(8))}`;
  const parts = [
    `${day} ${period}, ${sectionName(facility, place)}`,
    childAge(booking, place),
    booking.known ? 'déjà venu' : 'première venue',
    placeHours(facility, place),
    place.meal === true && 'avec repas',
    place.meal === false && 'sans repas',
  ];
  return parts.filter(Boolean).join(' · ');
}

/** « Claire Martin, ESCO de Genlis ». */
export function whoBooked(booking: Booking, office: Office | undefined): string {
  return [booking.bookedBy.name, office?.name].filter(Boolean).join(', ');
}

/** Of the person, else of the office. */
export function phoneOf(booking: Booking, office: Office | undefined): string {
  return booking.bookedBy.phone || office?.phone || '';
}
