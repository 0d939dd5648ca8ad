// Hours as people type them: "8h15", "8 h 15", "8:15", "815", "8".

/** The wire's "08:15", or null when the text is not a time of day. */
export function parseTime(text: string): string | null {
  const compact = text.replace(/\s/g, '').toLowerCase();
  const match = /^(\d{1,2})(?:[h:.](\d{2})?)?$/.exec(compact) ?? /^(\d{1,2})(\d{2})$/.exec(compact);
  if (!match) return null;
  const hour = Number(match[1]);
  const minute = Number(match[2] ?? 0);
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
