// What the pages need of two packages of reference data, cut to that: as modules of the bundle.
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';

const require = createRequire(import.meta.url);

/** The numbering plans of France and its territories; and, of who lives next door or often comes from, only lengths. */
const french = 'FR GP MQ GF RE YT PM BL MF NC PF WF'.split(' ');
const countries = [...french, ...'AD BE CH DE DZ ES GB IT LU MA MC PT TN'.split(' ')];

interface PhoneMetadata {
  version: number;
  country_calling_codes: Record<string, string[]>;
  countries: Record<string, unknown[]>;
}

/** Where a plan has its formats and, behind, its kinds of numbers. */
const formats = 4;
const kinds = 11;

/** What is left tells how long numbers are and what is dialled before them. */
function withoutFormats(plan: unknown[]): unknown[] {
  return plan.slice(0, kinds).map((part, index) => (index === formats ? 0 : part));
}

function phoneMetadata(): PhoneMetadata {
  const all: PhoneMetadata = require('libphonenumber-js/metadata.max.json');
  const codes = Object.entries(all.country_calling_codes).flatMap(([code, users]) => {
    const kept = users.filter((country) => countries.includes(country));
    return kept.length > 0 ? [[code, kept] as const] : [];
  });
  return {
    version: all.version,
    country_calling_codes: Object.fromEntries(codes),
    countries: Object.fromEntries(
      countries.map((country) => {
        const plan = all.countries[country]!;
        return [country, french.includes(country) ? plan : withoutFormats(plan)];
      }),
    ),
  };
}

interface Commune {
  code: string;
  nom: string;
  type: 'commune-actuelle' | 'commune-deleguee' | 'commune-associee' | 'arrondissement-municipal';
  chefLieu?: string;
  codesPostaux?: string[];
  population?: number;
}

/**
 * A line a name, "21231 6 21000 Dijon": code, digits of the population, postcodes; a former commune has the code of
 * that which took it in, and no postcode. In the order of the codes, which compresses best.
 */
function communes(): string {
  const all: Commune[] = require('@etalab/decoupage-administratif/data/communes.json');
  const lines = all
    .filter(({ type }) => type !== 'arrondissement-municipal')
    .map(({ code, nom, chefLieu, codesPostaux = [], population }) =>
      [chefLieu ?? code, population ? String(population).length : 0, codesPostaux.join(), nom].join(' '),
    );
  return [...lines].sort().join('\n');
}

const modules: Record<string, () => unknown> = {
  'virtual:phone-metadata': phoneMetadata,
  'virtual:communes': communes,
};

export function referenceData(): Plugin {
  return {
    name: 'reference-data',
    resolveId: (id) => (id in modules ? `\0${id}` : undefined),
    load: (id) =>
      id[0] === '\0' ? modules[id.slice(1)] && `export default ${JSON.stringify(modules[id.slice(1)]!())}` : undefined,
  };
}
