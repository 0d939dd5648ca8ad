// What one cell of the board says: how many for this child, at once or to be checked, and whether somebody is on it.
import { freeFor, isStale } from '@placette/client';
import { ago, agesInMonths, counted, countdown, day, hours } from '../words/format';
import { isBookable, isOver, opensAt, periodOf } from '../places/facilities';
import type { Care, Cell, Facility, Section } from '../types';

export type Look =
  'free' | 'check' | 'call' | 'held' | 'mine' | 'full' | 'insertion' | 'other-age' | 'closed' | 'unknown' | 'over';

export interface Slot {
  facility: Facility;
  date: string;
  period: string;
  section: Section | undefined;
}

export interface Question {
  care: Care;
  /** The children's ages on that day; empty: not asked for, the section's own range is told instead. */
  ages: readonly number[];
  /** How many of them would be in this section. */
  demand: number;
  /** The others find so many together. */
  atMost: number;
  zone: string;
  now: number;
  /** What is left of the asker's own hold on this cell; null: none. */
  ownHoldMs: number | null;
  /** The asker's office holds a place here, on another page or by a colleague. */
  heldByOffice?: boolean;
}

export interface CellView {
  look: Look;
  count: number | null;
  /** One word beneath the number, only where the number does not say all. */
  word: string;
  /** Read aloud: where, when, how many, how sure. */
  name: string;
  /** A tap does something. */
  active: boolean;
}

/** What brothers and sisters find together: no more than where it is tightest. `view` makes a section's view, of so many at most. */
export function viewTogether<Part>(parts: readonly Part[], view: (part: Part, atMost: number) => CellView): CellView {
  const alone = parts.map((part) => view(part, Infinity));
  if (alone.length === 1) return alone[0]!;
  const atMost = Math.min(...alone.flatMap(({ count }) => count ?? []));
  const views = parts.map((part) => view(part, atMost));
  return views.sort((a, b) => order.indexOf(a.look) - order.indexOf(b.look))[0]!;
}

/** What hinders most first. */
const order: readonly Look[] = [
  'closed',
  'other-age',
  'over',
  'unknown',
  'full',
  'insertion',
  'held',
  'call',
  'check',
  'free',
  'mine',
];

export function viewCell(slot: Slot, cell: Cell | undefined, question: Question): CellView {
  const { look, count } = judge(slot, cell, question);
  return {
    look,
    count,
    word: look === 'mine' ? countdown(question.ownHoldMs ?? 0) : words[look],
    name: `${whereAndWhen(slot, question.ages.length > 1)} : ${spoken(look, count, cell, question)}`,
    active: actives.has(look),
  };
}

const words: Record<Look, string> = {
  free: '',
  check: 'à vérifier',
  call: 'téléphone',
  held: 'en cours',
  mine: '',
  full: 'complet',
  insertion: 'insertion',
  'other-age': '',
  closed: 'fermé',
  unknown: 'non renseigné',
  over: 'passé',
};

const actives = new Set<Look>(['free', 'check', 'call', 'held', 'mine']);

/** A tap on it chooses a place; on others it tells or shows something. */
export const canBeChosen = ({ look }: CellView) => look === 'free' || look === 'check' || look === 'held';

type Verdict = { look: Look; count: number | null };

function judge(slot: Slot, cell: Cell | undefined, question: Question): Verdict {
  const silent = (look: Look): Verdict => ({ look, count: null });
  const period = periodOf(slot.facility, slot.period);
  if (!period || !opensAt(slot.facility, slot.date, period) || cell?.closed) return silent('closed');
  if (!slot.section) return silent('other-age');
  if (question.ownHoldMs !== null) return silent('mine');
  if (isOver(slot.date, period, question.zone, question.now)) return silent('over');
  if (!cell?.confirmedAt) return silent('unknown');

  const count = Math.min(question.atMost, Math.floor(freeFor(cell, question.care) / question.demand));
  if (!isBookable(slot.facility)) return count > 0 ? { look: 'call', count } : silent('full');
  if (count === 0) return silent(whyNone(cell, question.care));
  return { look: isStale(cell, question.now) ? 'check' : 'free', count };
}

function whyNone(cell: Cell, care: Care): Look {
  if (care === 'other' && cell.vip + cell.other < cell.open) return 'insertion';
  const stillTakenWithoutHolds = cell.vip + cell.other - cell.held;
  return cell.held > 0 && stillTakenWithoutHolds < cell.open ? 'held' : 'full';
}

function whereAndWhen({ facility, date, period, section }: Slot, forSeveral: boolean): string {
  const shown = periodOf(facility, period);
  const when = shown ? `, ${shown.name.toLowerCase()}, ${hours(shown.start, shown.end).replace('–', ' à ')}` : '';
  const where =
    section && facility.sections.length > 1 && !forSeveral ? `${facility.name}, ${section.name}` : facility.name;
  return `${where}, ${day(date)}${when}`;
}

function spoken(look: Look, count: number | null, cell: Cell | undefined, question: Question): string {
  const forWhom = question.ages.length === 0 ? '' : ` à ${agesInMonths(question.ages)}`;
  const confirmed = cell?.confirmedAt
    ? `confirmé ${ago(question.now - Date.parse(cell.confirmedAt), true)}`
    : 'jamais confirmé';
  const places = counted(count ?? 0, 'place');
  switch (look) {
    case 'free':
      return `${places}${forWhom}, réservation immédiate, ${confirmed}`;
    case 'check':
      return `${places}${forWhom}, réservation immédiate, à vérifier, ${confirmed}`;
    case 'call':
      return `${places}${forWhom}, par téléphone seulement, ${confirmed}`;
    case 'held':
      return question.heldByOffice
        ? 'réservation en cours, votre service retient la dernière place'
        : 'réservation en cours, un autre service réserve la dernière place';
    case 'mine':
      return `place retenue pour vous, encore ${countdown(question.ownHoldMs ?? 0)}`;
    case 'full':
      return `complet${forWhom}, ${confirmed}`;
    case 'insertion':
      return 'les places restantes sont gardées pour l’accueil d’insertion';
    case 'other-age':
      return question.ages.length === 0 ? 'pas de section' : `pas d’accueil${forWhom}`;
    case 'closed':
      return 'fermé';
    case 'unknown':
      return 'non renseigné';
    case 'over':
      return 'passé';
  }
}
