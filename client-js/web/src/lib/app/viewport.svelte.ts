// How much of the board fits: cells narrower than some 80 px could not hold their words.

const narrow = matchMedia('(max-width: 1099px)');
const days = [
  { query: matchMedia('(min-width: 1380px)'), count: 5 },
  { query: matchMedia('(min-width: 1200px)'), count: 4 },
];

class Viewport {
  /** Too narrow for a grid: the board becomes cards, the panel a sheet. */
  narrow = $state(narrow.matches);
  /** Days side by side on the grid. */
  days = $state(fittingDays());

  constructor() {
    narrow.addEventListener('change', () => (this.narrow = narrow.matches));
    for (const { query } of days) query.addEventListener('change', () => (this.days = fittingDays()));
  }
}

function fittingDays(): number {
  return days.find(({ query }) => query.matches)?.count ?? 3;
}

export const viewport = new Viewport();
