// Territories that are unlike the demo's: what a page must bear.
import type { Document, Facility } from '../../integration/support/moved_demo.js';

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
    const facilities = [...document.facilities, ...more].map((facility) => ({
      ...facility,
      kind: 'multi_accueil',
      capacity: 100, // 60 arrivals in a half-day are within the law
      periods: facility.periods.map(({ capacity: _, ...period }) => period),
    }));
    return { ...document, facilities };
  },

  /** Nobody has said how many places there are. */
  silent: (document: Document): Document => ({ ...document, cells: [] }),

  /** No facility at all. */
  bare: (document: Document): Document => ({ ...document, facilities: [], cells: [] }),
};

export type Land = keyof typeof lands;
