// How cost grows along one dimension while the others stand still: Placette against itself.
import { county, hamlet, town, towns } from '../territories.mjs';

const fewer = 3;
const inWords = (n) => n.toLocaleString('en');

/** What a dimension is called beside a curve, and where the others stand meanwhile. */
export const dimensions = {
  watchers: 'watchers, at 20 changes/s',
  'changes/s': 'changes/s, at 1,000 watchers',
  cells: 'cells of the territory, at 1,000 watchers × 40 changes/s',
  territories: 'territories, at 1,000 watchers × 40 changes/s in all',
};

const growth = (along, title, points, rest = {}) => ({
  name: `growth-${along.replace('/', '-')}`,
  title: `How cost grows: ${title}`,
  along,
  subcommand: 'watch',
  options: { watchers: 1000, rate: 40, seconds: 4, warmup: 1 },
  targets: points.map(({ at, ...more }) => ({
    peer: 'placette',
    label: `${inWords(at)} ${along}`,
    at,
    ...more,
  })),
  columns: ['cpuPerMillion', 'userPerMillion', 'apartPerMillion', 'p50', 'p99', 'writes', 'lost'],
  goals: [],
  ...rest,
});

const promisedCounts = [100, 1000, 10000];

export const growths = [
  growth(
    'watchers',
    '20 changes/s',
    [100, 300, 1000, 3000, 10000].map((watchers) => ({
      at: watchers,
      options: { watchers, rate: 20 },
      rounds: promisedCounts.includes(watchers) ? undefined : fewer,
    })),
    {
      goals: [
        { figure: 'cpuPerMillion', of: '100 watchers', over: '1,000 watchers', atMost: 1.5 },
        { figure: 'cpuPerMillion', of: '10,000 watchers', over: '1,000 watchers', atMost: 1.5 },
      ],
    },
  ),
  growth(
    'changes/s',
    '1,000 watchers',
    [10, 40, 200, 1000, 5000].map((rate) => ({ at: rate, options: { rate }, rounds: fewer })),
  ),
  growth(
    'cells',
    '1,000 watchers × 40 changes/s, in a territory of so many cells',
    [hamlet, town, county].map((territory) => ({ at: territory.cells, territories: [territory], rounds: fewer })),
  ),
  growth(
    'territories',
    '1,000 watchers × 40 changes/s in all, spread over so many territories',
    [1, 2, 5, 10].map((count) => ({
      at: count,
      label: count === 1 ? '1 territory' : `${count} territories`,
      options: { watchers: 1000 / count, rate: 40 / count },
      territories: towns.slice(0, count),
      rounds: fewer,
    })),
    {
      note:
        'With 10 territories a change goes to 100 watchers, so there are ten times fewer deliveries: ' +
        'what a change costs by itself weighs more in each.',
    },
  ),
];
