// How cost grows along one dimension while the others stand still: Placette against itself.
import { county, hamlet, town, towns } from '../territories.mjs';

const inWords = (n) => n.toLocaleString('en');

/** `curve` is what is written below it: the dimension, and where the others stand. */
const growth = (along, curve, points, rest = {}) => ({
  name: `growth-${along.replace('/', '-')}`,
  title: `How cost grows: ${curve}`,
  curve,
  subcommand: 'watch',
  options: { watchers: 1000, rate: 40, seconds: 3, warmup: 1 },
  targets: points.map(({ at, ...more }) => ({
    peer: 'placette',
    label: `${inWords(at)} ${along}`,
    at,
    ...more,
  })),
  columns: ['cpuPerMillion', 'userPerMillion', 'systemPerMillion', 'apartPerMillion', 'p50', 'p99', 'perFrame', 'lost'],
  goals: [],
  ...rest,
});

export const growths = [
  growth(
    'watchers',
    'watchers, at 20 changes/s',
    [100, 300, 1000, 3000, 10000].map((watchers) => ({ at: watchers, options: { watchers, rate: 20 } })),
    {
      goals: [
        { figure: 'cpuPerMillion', of: '100 watchers', over: '1,000 watchers', atMost: 1.5 },
        { figure: 'cpuPerMillion', of: '10,000 watchers', over: '1,000 watchers', atMost: 1.5 },
      ],
    },
  ),
  growth(
    'changes/s',
    'changes/s of four sessions, at 1,000 watchers',
    [10, 40, 200, 1000, 5000].map((rate) => ({ at: rate, options: { rate, publishers: 4 } })),
  ),
  growth(
    'cells',
    'cells of the territory, at 1,000 watchers × 40 changes/s',
    [hamlet, town, county].map((territory) => ({ at: territory.cells, territories: [territory] })),
  ),
  growth(
    'territories',
    'territories, each of 100 watchers and 20 changes/s',
    [1, 2, 5, 10].map((count) => ({
      at: count,
      label: count === 1 ? '1 territory' : `${count} territories`,
      options: { watchers: 100, rate: 20 },
      territories: towns.slice(0, count),
    })),
  ),
];
