const hour = 3_600_000;
const day = 24 * hour;

/** The day ("2026-11-24") that it is in a time zone (IANA name). */
export function dayIn(timezone: string, instant: number): string {
  const format = new Intl.DateTimeFormat('en', {
    timeZone: timezone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
}

/** The day `count` days later. */
export function addDays(date: string, count: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + count * day).toISOString().slice(0, 10);
}

/**
 * The first instant of the next day in a time zone, in ms. Searched for, not computed: days of 23 and 25
 * hours, and zones that change at midnight, need no case of their own.
 */
export function nextMidnight(timezone: string, instant: number): number {
  const today = dayIn(timezone, instant);
  let before = instant;
  let after = instant + 26 * hour;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (dayIn(timezone, middle) === today) before = middle;
    else after = middle;
  }
  return after;
}
