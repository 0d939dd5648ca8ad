// How much of the board fits: cells narrower than some 80 px could not hold their words.

import { breakpoints } from '../../styles/breakpoints';

const narrow = matchMedia(breakpoints.narrow);
/** Paper has another width; it shows what the screen does. */
const paper = matchMedia('print');
const low = matchMedia(breakpoints.low);
const days = [
  { query: matchMedia('(min-width: 1380px)'), count: 5 },
  { query: matchMedia('(min-width: 1200px)'), count: 4 },
];

class Viewport {
  /** Too narrow for a grid: the board becomes cards, the panel a sheet. */
  narrow = $state(narrow.matches);
  /** What sticks to an edge would leave nothing between. */
  low = $state(low.matches);
  /** Days side by side on the grid. */
  days = $state(fittingDays());

  constructor() {
    narrow.addEventListener('change', () => this.#follow());
    low.addEventListener('change', () => this.#follow());
    for (const { query } of days) query.addEventListener('change', () => this.#follow());
  }

  #follow(): void {
    if (paper.matches) return;
    this.narrow = narrow.matches;
    this.low = low.matches;
    this.days = fittingDays();
  }
}

function fittingDays(): number {
  return days.find(({ query }) => query.matches)?.count ?? 3;
}

export const viewport = new Viewport();
