/** Lower case, no accents, hyphens and apostrophes as spaces: what a hurried hand types. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/œ/gi, 'oe')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** Those whose name starts with the text first, then those with a later word that does. */
export function matching<T extends { name: string }>(items: readonly T[], text: string, limit = 6): T[] {
  const wanted = plain(text);
  if (!wanted) return [];
  const starts = items.filter((item) => plain(item.name).startsWith(wanted));
  const inside = items.filter((item) => !starts.includes(item) && plain(item.name).includes(` ${wanted}`));
  return [...starts, ...inside].slice(0, limit);
}
