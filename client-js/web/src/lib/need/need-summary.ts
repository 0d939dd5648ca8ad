import type { Column } from '../places/facilities';
import { agesInMonths, capitalized, hours, relativeDay } from '../words/format';
import type { Moment } from './need.svelte';

interface Told {
  ages: readonly number[];
  commune: { name: string } | null;
  when: Moment | null;
  arrive: string;
  leave: string;
}

/** « Demain, matin ». */
export function momentName(moment: Moment, today: string, columns: readonly Column[]): string {
  const period = columns.find((column) => column.period === moment.period)?.name.toLowerCase() ?? moment.period;
  return `${capitalized(relativeDay(moment.date, today))} ${period}`;
}

/** The need in one line, for the chip of a phone. */
export function needSummary(need: Told, today: string, columns: readonly Column[]): string {
  const parts = [
    need.ages.length === 0 ? 'Indiquez l’âge de l’enfant' : agesInMonths(need.ages),
    need.commune?.name,
    need.when && momentName(need.when, today, columns).toLowerCase(),
    need.arrive && need.leave && hours(need.arrive, need.leave),
  ];
  return parts.filter(Boolean).join(' · ');
}
