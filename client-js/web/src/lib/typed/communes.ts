// Where a family lives: a commune of the territory, by its name or a former one; or one elsewhere in France.
import { fit, plainPlace } from './text-match';
import type { Commune } from '../types';

/** A commune, or the former one that it has taken in, of the whole country. */
export interface NationalName {
  /** Of the commune of today. */
  insee: string;
  name: string;
  plain: string;
  /** "21000", or several with commas; empty for a former one. */
  postcodes: string;
}

export interface Found {
  commune: Commune;
  /** Beside the name: « Tart-le-Haut », « 05 ». */
  aside: string;
}

export interface Search {
  inside: Found[];
  outside: Found[];
}

const most = 8;
/** A postcode, or the code of a commune, whole or begun; those of Corsica have a letter. */
const code = /^\d[\dab]?\d*$/;
const wholeCode = 5;

/** `france` is empty while the national list is not there. */
export function searchCommunes(
  text: string,
  territory: readonly Commune[],
  france: readonly NationalName[] = [],
): Search {
  const typed = plainPlace(text);
  if (!typed) return { inside: [], outside: [] };
  if (code.test(typed)) return { inside: byCode(typed, territory), outside: elsewhereByCode(typed, territory, france) };
  const own = fitting(
    typed,
    territory.map((commune) => ({ ...commune, plain: plainPlace(commune.name) })),
  );
  const inTerritory = new Map(territory.map((commune) => [commune.insee, commune]));
  const inside = own.map(({ insee }) => ({ commune: inTerritory.get(insee)!, aside: '' }));
  const outside: Found[] = [];
  // Of names that fit alike those of the same département first, then as they come: the largest first.
  for (const { insee, name } of fitting(typed, france, departement(territory[0]?.insee ?? ''))) {
    const commune = inTerritory.get(insee);
    if (!commune) outside.push({ commune: { insee, name }, aside: departement(insee) });
    else if (commune.name !== name) inside.push({ commune, aside: name });
  }
  return { inside: unique(inside).slice(0, most), outside: unique(outside).slice(0, most) };
}

/** What takes the field to be left: the one commune that the text can mean. */
export function meant(text: string, { inside, outside }: Search): Commune | null {
  const typed = plainPlace(text);
  const all = inside.length > 0 ? inside : outside;
  const exact = all.filter(({ commune, aside }) => [commune.name, aside].some((name) => plainPlace(name) === typed));
  const chosen = exact.length === 1 ? exact : all;
  return chosen.length === 1 ? chosen[0]!.commune : null;
}

export function communeTrouble(text: string, { inside, outside }: Search): string {
  const proposed = inside.length > 0 ? inside : outside;
  if (proposed.length === 0) return `« ${text.trim()} » : commune inconnue. Corrigez, ou effacez.`;
  const names = proposed
    .slice(0, 3)
    .map(({ commune, aside }) => (inside.length > 0 ? commune.name : `${commune.name} (${aside})`));
  return `Choisissez la commune dans la liste : ${names.join(', ')}${proposed.length > 3 ? '…' : '.'}`;
}

function fitting<Name extends { insee: string; plain: string }>(
  typed: string,
  names: readonly Name[],
  home = '',
): Name[] {
  const fits: { name: Name; rank: number; far: number }[] = [];
  for (const name of names) {
    const rank = fit(name.plain, typed);
    if (rank !== null) fits.push({ name, rank, far: name.insee.startsWith(home) ? 0 : 1 });
  }
  return fits.sort((a, b) => a.rank - b.rank || a.far - b.far).map(({ name }) => name);
}

function byCode(typed: string, territory: readonly Commune[]): Found[] {
  return territory
    .filter(({ insee, postcode }) => insee.startsWith(typed) || (typed.length >= 2 && postcode?.startsWith(typed)))
    .sort((a, b) => Number(b.insee === typed) - Number(a.insee === typed))
    .filter(({ insee }, _, all) => all[0]!.insee !== typed || insee === typed)
    .map((commune) => ({ commune, aside: '' }))
    .slice(0, most * 3);
}

/** Only of a whole code: half a postcode is hundreds of communes. */
function elsewhereByCode(typed: string, territory: readonly Commune[], france: readonly NationalName[]): Found[] {
  if (typed.length !== wholeCode) return [];
  const own = new Set(territory.map(({ insee }) => insee));
  const found = france.filter(
    ({ insee, postcodes }) => !own.has(insee) && (postcodes.includes(typed) || insee.toLowerCase() === typed),
  );
  // Those of that postcode first, and of one code the name of today.
  const rank = ({ postcodes }: NationalName) => (postcodes.includes(typed) ? 0 : postcodes ? 1 : 2);
  return unique(
    found
      .sort((a, b) => rank(a) - rank(b))
      .map(({ insee, name }) => ({ commune: { insee, name }, aside: departement(insee) })),
  );
}

/** Whether the list of the country is to be asked for what the territory does not have. */
export function mayBeElsewhere(text: string): boolean {
  const typed = plainPlace(text);
  return code.test(typed) ? typed.length === wholeCode : typed.length >= 3;
}

function unique(found: readonly Found[]): Found[] {
  const seen = new Set<string>();
  return found.filter(({ commune }) => !seen.has(commune.insee) && seen.add(commune.insee));
}

function departement(insee: string): string {
  return insee.slice(0, insee.startsWith('97') || insee.startsWith('98') ? 3 : 2);
}
