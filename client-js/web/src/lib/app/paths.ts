// Real paths, one page each; the server answers index.html to all of them.

export type PathParams = Record<string, string>;

/** What a pattern's parts (`/reservations/:booking/fiche`) are in a path; null: it is another. A last `:day?` may be missing. */
export function matchPath(pattern: string, path: string): PathParams | null {
  const given = partsOf(path);
  const whole = partsOf(pattern);
  const wanted = given.length < whole.length ? partsOf(shortest(pattern)) : whole;
  if (wanted.length !== given.length) return null;
  const params: PathParams = {};
  for (const [index, part] of wanted.entries()) {
    if (part.startsWith(':')) params[part.slice(1).replace('?', '')] = decoded(given[index]!);
    else if (part !== given[index]) return null;
  }
  return params;
}

/** The path without what may be missing: where a link to the page leads. */
export const shortest = (pattern: string): string => pattern.replace(/\/:[^/]+\?$/, '');

const partsOf = (path: string) => path.split('/').filter((part) => part !== '');

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function slipPath(booking: string): string {
  return `/reservations/${encodeURIComponent(booking)}/fiche`;
}
