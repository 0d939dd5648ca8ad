/** Keeps what has a version, so that none ever goes backwards. */
interface Versioned {
  version: number;
}

/** Puts `item` in its place unless what is there is as new; answers what was there before, if it was put. */
export function putNewer<Item extends Versioned>(
  items: Map<string, Item>,
  key: string,
  item: Item,
): { previous: Item | undefined } | undefined {
  const previous = items.get(key);
  if (previous && previous.version >= item.version) return undefined;
  items.set(key, item);
  return { previous };
}
