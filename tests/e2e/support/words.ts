import type { Half } from './town.js';

export const halfNames: Record<Half, string> = { matin: 'matin', 'apres-midi': 'après-midi' };

/** « mercredi 25 novembre » in a pattern, whatever spaces keep its words together. */
export function dayPattern(date: string): string {
  const noon = new Date(`${date}T12:00:00Z`);
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('fr-FR', { timeZone: 'UTC', ...options }).format(noon);
  return `${part({ weekday: 'long' })}\\s${Number(date.slice(8))}(er)?\\s${part({ month: 'long' })}`;
}

/** « Mercredi », as on a button. */
export function weekday(date: string): string {
  const name = new Intl.DateTimeFormat('fr-FR', { timeZone: 'UTC', weekday: 'long' }).format(
    new Date(`${date}T12:00:00Z`),
  );
  return name.charAt(0).toUpperCase() + name.slice(1);
}
