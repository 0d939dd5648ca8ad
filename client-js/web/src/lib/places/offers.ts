// Places for a half-day: those that can be booked here, and those of whom a contract is due, reached by telephone.
import { freeFor } from '@placette/client';
import { ageOn, isBookable, isOver, opensAt, periodOf, sectionsForAges, type Near } from './facilities';
import { inWords } from '../words/format';
import type { Care, Cell, Facility, Section } from '../types';

export interface Offer {
  facility: Facility;
  /** Of each child. */
  sections: readonly Section[];
  date: string;
  period: string;
  km: number | null;
  /** How many times all the children fit. */
  count: number;
}

export interface Wanted {
  date: string;
  period: string;
  /** Of each child, in months. */
  agesToday: readonly number[];
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
    const sections = sectionsForAges(
      facility,
      wanted.agesToday.map((age) => ageOn(wanted.date, age, wanted.today)),
    );
    if (!period || !sections) return [];
    if (!opensAt(facility, wanted.date, period) || isOver(wanted.date, period, wanted.zone, wanted.now)) return [];
    const counts = sections.map((section) => {
      const cell = cellAt(facility.id, wanted.date, wanted.period, section.id);
      const demand = sections.filter(({ id }) => id === section.id).length;
      return cell?.confirmedAt ? Math.floor(freeFor(cell, wanted.care) / demand) : 0;
    });
    const count = Math.min(...counts);
    return count > 0 ? [{ facility, sections, date: wanted.date, period: wanted.period, km, count }] : [];
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
