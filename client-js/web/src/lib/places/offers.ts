// Places for a half-day: those that can be booked here, and those of whom a contract is due, reached by telephone.
import { freeFor } from '@placette/client';
import { ageOn, isBookable, isOver, opensAt, periodOf, sectionForAge, type Near } from './facilities';
import { inWords } from '../words/format';
import type { Care, Cell, Facility, Section } from '../types';

export interface Offer {
  facility: Facility;
  section: Section;
  date: string;
  period: string;
  km: number | null;
  count: number;
}

export interface Wanted {
  date: string;
  period: string;
  ageToday: number;
  today: string;
  care: Care;
  zone: string;
  now: number;
}

type CellAt = (facility: string, date: string, period: string, section: string) => Cell | undefined;

export interface Offers {
  bookable: Offer[];
  byPhone: Offer[];
}

/** All places for one half-day, in the order of `near`. */
export function offersFor(wanted: Wanted, near: readonly Near[], cellAt: CellAt): Offers {
  const all = near.flatMap(({ facility, km }): Offer[] => {
    const period = periodOf(facility, wanted.period);
    const section = sectionForAge(facility, ageOn(wanted.date, wanted.ageToday, wanted.today));
    if (!period || !section) return [];
    if (!opensAt(facility, wanted.date, period) || isOver(wanted.date, period, wanted.zone, wanted.now)) return [];
    const cell = cellAt(facility.id, wanted.date, wanted.period, section.id);
    if (!cell?.confirmedAt || cell.closed) return [];
    const count = freeFor(cell, wanted.care);
    return count > 0 ? [{ facility, section, date: wanted.date, period: wanted.period, km, count }] : [];
  });
  return {
    bookable: all.filter(({ facility }) => isBookable(facility)),
    byPhone: all.filter(({ facility }) => !isBookable(facility)),
  };
}

/** « Deux autres conviennent, à moins de 8 km. » `moment`: « mercredi matin ». */
export function othersSentence(offers: readonly Offer[], moment: string): string {
  if (offers.length === 0) return `Aucune autre place à réserver ${moment}.`;
  const verb = offers.length === 1 ? 'autre convient' : 'autres conviennent';
  const words = inWords(offers.length);
  const farthest = offers.every((offer) => offer.km !== null)
    ? `, à moins de ${Math.floor(Math.max(...offers.map((offer) => offer.km!))) + 1}\u00a0km`
    : '';
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} ${verb}${farthest}.`;
}
