// Hours as people type them: « 8h15 », « 8 h 15 », « 8:15 », « 815 », « 8 », « midi ».
import { hours, time } from '../words/format';
import { nothing, read, unread, type Reading } from './reading';

/** The wire's "08:15". */
export function readTime(text: string): Reading<string> {
  const compact = text.replace(/\s/g, '').toLowerCase();
  if (compact === '') return nothing;
  if (compact === 'midi') return read('12:00');
  const match = /^(\d{1,2})(?:[h:.](\d{1,2})?)?$/.exec(compact) ?? /^(\d{1,2})(\d{2})$/.exec(compact);
  const [hour, minute] = [Number(match?.[1]), Number(match?.[2] ?? 0)];
  if (!match || hour > 23 || minute > 59)
    return unread(`« ${text.trim()} » n’est pas une heure. Par exemple : 8 h 15.`);
  return read(`${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
}

export interface HoursTrouble {
  control: 'arrive' | 'leave';
  text: string;
}

/** What is wrong with an arrival and a departure; empty ones are the ends of the period. */
export function hoursTrouble(
  arrive: string,
  leave: string,
  period?: { name: string; start: string; end: string },
): HoursTrouble | null {
  if (arrive && leave && leave <= arrive) return { control: 'leave', text: 'Le départ est avant l’arrivée.' };
  if (!period) return null;
  const range = `${period.name} : ${hours(period.start, period.end)}`;
  const outside = (at: string) => at !== '' && (at < period.start || period.end < at);
  if (outside(arrive)) return { control: 'arrive', text: `Arrivée à ${time(arrive)} : hors du créneau (${range}).` };
  if (outside(leave)) return { control: 'leave', text: `Départ à ${time(leave)} : hors du créneau (${range}).` };
  if (arrive === period.end) return { control: 'arrive', text: `Arrivée à la fin du créneau (${range}).` };
  if (leave === period.start) return { control: 'leave', text: `Départ au début du créneau (${range}).` };
  return null;
}
