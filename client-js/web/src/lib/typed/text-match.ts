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

/** The same with « st » and « ste » written out, as names of places have them. */
export function plainPlace(text: string): string {
  return plain(text)
    .replace(/\bst(?=\b)/g, 'saint')
    .replace(/\bste(?=\b)/g, 'sainte');
}

/** How well a name answers to what was typed: 0 the name itself, 1 its beginning, 2 some of its words; null not at all. */
export function fit(name: string, typed: string): 0 | 1 | 2 | null {
  if (name === typed) return 0;
  if (name.startsWith(typed)) return 1;
  const words = typed.split(' ');
  // Of tens of thousands of names nearly all are done with here.
  if (!name.includes(words[0]!)) return null;
  return hasInOrder(name.split(' '), words) ? 2 : null;
}

/** Each typed word begins a word of the name, in the same order: « collonges prem » is Collonges-et-Premières. */
function hasInOrder(name: readonly string[], typed: readonly string[]): boolean {
  let next = 0;
  for (const word of name) if (next < typed.length && word.startsWith(typed[next]!)) next += 1;
  return next === typed.length;
}
