import { freeFor } from '@placette/client';
import { periodOf } from '../places/facilities';
import { counted, dayShort } from '../words/format';
import type { Care, Cell, Facility } from '../types';

const fewCells = 3;

/** Changed cells as they are read aloud to who asked for it: « Les Lucioles, mer. 25 matin, Moyens : 2 places ». */
export function changeWords(cells: readonly Cell[], facilities: readonly Facility[], care: Care): string {
  if (cells.length > fewCells) return `${cells.length} changements au tableau.`;
  const told = cells.flatMap((cell) => {
    const facility = facilities.find(({ id }) => id === cell.facility);
    const section = facility?.sections.find(({ id }) => id === cell.section);
    const period = facility && periodOf(facility, cell.period);
    if (!facility || !section || !period) return [];
    const when = `${dayShort(cell.date)} ${period.name.toLowerCase()}`;
    return `${facility.name}, ${when}, ${section.name} : ${counted(freeFor(cell, care), 'place')}`;
  });
  return told.join('. ');
}
