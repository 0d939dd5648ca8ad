// Territories that are unlike the demo's: what a page must bear.

/** The demo's document, as far as it is changed here. */
interface Document {
  territory: { timezone: string };
  facilities: Facility[];
  cells: { facility: string }[];
}

interface Facility {
  id: string;
  name: string;
  kind: string;
  closures: object[];
  periods: { days: string[] }[];
}

/** 150 letters without a break. */
export const longName = `Crèche${'Intercommunale'.repeat(11)}`.slice(0, 150);

export const lands = {
  usual: (document: Document) => document,

  /** 25 facilities, all of the demo's manager; one has a name of 150 letters without a break. */
  crowded(document: Document): Document {
    const [first, second] = document.facilities as [Facility, Facility];
    const more = Array.from({ length: 25 - document.facilities.length }, (_, n) => ({
      ...structuredClone(first),
      id: `maison-${n}`,
      name: `Maison des petits n° ${n + 1}`,
    }));
    second.name = longName;
    const facilities = [...document.facilities, ...more].map((facility) => ({ ...facility, kind: 'multi_accueil' }));
    return { ...document, facilities };
  },

  /** Nobody has said how many places there are. */
  silent: (document: Document): Document => ({ ...document, cells: [] }),

  /** No facility at all. */
  bare: (document: Document): Document => ({ ...document, facilities: [], cells: [] }),
};

export type Land = keyof typeof lands;
