// What a manager did to one section, step by step, as one thing that is named and taken back whole.
import { openSlots, periodOf, slotsAfter, hasEnded, type SlotName } from '../places/facilities';
import { counted, dayShort, plural, relativeDay } from '../words/format';
import type { Facility } from '../types';

/** Why a place that others saw free is not any more. */
export type Why = 'taken' | 'withdrawn';

/** The same step on some cells of one facility. */
export interface Change {
  facility: Facility;
  cells: { date: string; period: string; section: string }[];
  by: number;
  /** Of a step down. */
  why?: Why | undefined;
}

export interface Step extends SlotName {
  by: number;
  why?: Why | undefined;
}

export interface Gesture {
  facility: Facility;
  section: string;
  /** In order of time; what was done and undone by hand is not among them. */
  steps: Step[];
}

/** A change goes on with the gesture before it while it is of the same section; null: nothing is left of both. */
export function joined(before: Gesture | null, { facility, cells, by, why }: Change): Gesture | null {
  const section = cells[0]?.section ?? '';
  const goesOn = before?.facility.id === facility.id && before.section === section;
  const sums = new Map((goesOn ? before.steps : []).map((step) => [nameOf(step), step]));
  for (const { date, period } of cells) {
    const name = nameOf({ date, period });
    sums.set(name, { date, period, by: (sums.get(name)?.by ?? 0) + by, ...(why && { why }) });
  }
  const order = openSlots(facility, [...new Set([...sums.values()].map(({ date }) => date))].sort()).map(nameOf);
  const steps = [...sums.values()]
    .filter((step) => step.by !== 0)
    .sort((a, b) => order.indexOf(nameOf(a)) - order.indexOf(nameOf(b)));
  return steps.length > 0 ? { facility, section, steps } : null;
}

const nameOf = ({ date, period }: SlotName) => `${date} ${period}`;

/** « 1 place ouverte », « 5 places fermées », « 3 places ouvertes, 1 fermée ». */
export function gestureText({ steps }: Gesture): string {
  const sum = (sign: number) => steps.reduce((total, { by }) => total + Math.max(0, sign * by), 0);
  const [opened, closed] = [sum(1), sum(-1)];
  if (closed === 0) return counted(opened, 'place ouverte', 'places ouvertes');
  if (opened === 0) return counted(closed, 'place fermée', 'places fermées');
  return `${counted(opened, 'place ouverte', 'places ouvertes')}, ${closed} ${plural(closed, 'fermée')}`;
}

/** « Moyens, demain matin », « Moyens, du mar. 1 au jeu. 3 ». */
export function gestureWhere({ facility, section, steps }: Gesture, today: string): string {
  const name = facility.sections.find(({ id }) => id === section)?.name ?? section;
  return `${name}, ${whenOf(steps, facility, today)}`;
}

function whenOf(slots: readonly SlotName[], facility: Facility, today: string): string {
  const [first, last] = [slots[0]!, slots.at(-1)!];
  if (first.date !== last.date) return `du ${dayShort(first.date)} au ${dayShort(last.date)}`;
  const halves = slots.map(({ period }) => periodOf(facility, period)?.name.toLowerCase() ?? period);
  return `${relativeDay(first.date, today)} ${halves.join(' et ')}`;
}

/** « demain matin », « demain matin, jeudi après-midi ». */
export function slotsText(slots: readonly SlotName[], facility: Facility, today: string): string {
  return slots.map((slot) => whenOf([slot], facility, today)).join(', ');
}

/** The other half-days of a single step's day that are still to come. */
export function otherPeriods({ facility, steps }: Gesture, zone: string, now: number) {
  const [first] = steps;
  if (!first || steps.length > 1) return [];
  return facility.periods.filter(
    (period) =>
      period.id !== first.period &&
      openSlots(facility, [first.date]).some((slot) => slot.period === period.id) &&
      !hasEnded(first.date, period, zone, now),
  );
}

/** A step, to be made elsewhere too. */
export const sameStep = ({ by, why }: Step): Pick<Change, 'by' | 'why'> => ({ by, ...(by < 0 && why && { why }) });

/** A single step again, on every slot after it up to the end of a day; null: there is none. */
export function repeated(
  { facility, section, steps }: Gesture,
  until: string,
  dates: readonly string[],
): Change | null {
  const [first] = steps;
  if (!first || steps.length > 1) return null;
  const cells = slotsAfter(facility, first, until, dates).map((slot) => ({ ...slot, section }));
  return cells.length > 0 ? { facility, cells, ...sameStep(first) } : null;
}
