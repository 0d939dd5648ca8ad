// The figures that were set out to be reached before the engine was written: one entry a promise.
//   targets  who is measured, in turn
//   compare  the figure of which the report tells the ratio of Placette to each other
//   goals    figure of Placette (or `of` that label) `atMost` or `atLeast` that much; `over`: times that of this peer
const watch = { subcommand: 'watch', options: { seconds: 3, warmup: 1 } };
const watched = (options) => ({ ...watch, options: { ...watch.options, ...options } });
const cpu = ['cpuPerMillion', 'userPerMillion', 'systemPerMillion', 'apartPerMillion'];
const delivered =
  'Placette merges what is pending for a watcher: the last state of each cell. The peers deliver each message, ' +
  'some of them several to a frame.';

export const promised = [
  {
    name: 'own-write',
    title: '1,000 watchers × 40 changes/s, each its own write',
    ...watched({ watchers: 1000, rate: 40 }),
    targets: ['placette', 'nchan', 'ws', 'socketio', 'nats'],
    columns: [...cpu, 'p50', 'p99', 'max', 'perFrame', 'loadShare', 'lost'],
    compare: 'cpuPerMillion',
    goals: [
      { figure: 'cpuPerMillion', over: 'nchan', atMost: 1 },
      { figure: 'cpuPerMillion', over: 'ws', atMost: 0.8 },
      { figure: 'userPerMillion', atMost: 2.5 },
      { figure: 'lost', atMost: 0 },
    ],
  },
  {
    name: 'busy',
    title: '1,000 watchers × 200 changes/s',
    ...watched({ watchers: 1000, rate: 200 }),
    targets: ['placette', 'nchan', 'nats', 'ws', 'socketio'],
    columns: ['newestP99', 'p50', 'p99', 'max', ...cpu, 'perFrame', 'lost'],
    compare: 'p99',
    goals: [
      { figure: 'lost', atMost: 0 },
      { figure: 'p99', atMost: 50 },
    ],
    note: delivered,
  },
  {
    name: 'window',
    title: '1,000 watchers, a closed loop with 32 changes outstanding',
    ...watched({ watchers: 1000, window: 32 }),
    targets: ['placette', 'nchan', 'nats', 'ws'],
    columns: ['perSecond', 'p50', 'p99', 'max', ...cpu, 'perFrame', 'loadShare', 'lost'],
    compare: 'perSecond',
    goals: [
      { figure: 'perSecond', over: 'nchan', atLeast: 10 },
      { figure: 'perSecond', over: 'ws', atLeast: 25 },
      { figure: 'perSecond', over: 'nats', atLeast: 2.5 },
      { figure: 'lost', atMost: 0 },
    ],
    note: 'A merged frame counts as one delivery for each change in it: every watcher then knows the outcome of each.',
  },
  {
    name: 'crowd',
    title: '10,000 watchers × 20 changes/s',
    ...watched({ watchers: 10000, rate: 20 }),
    targets: ['placette', 'nats', 'nchan', 'ws'],
    columns: ['newestP99', 'p50', 'p99', 'max', ...cpu, 'perFrame', 'lost'],
    compare: 'p99',
    goals: [
      { figure: 'newestP99', atMost: 300 },
      { figure: 'p99', atMost: 300 },
      { figure: 'cpuPerMillion', over: 'nats', atMost: 0.5 },
      { figure: 'lost', atMost: 0 },
    ],
    note: delivered,
  },
  {
    name: 'storm',
    title: '1,000 watchers × 5,000 changes/s over 420 cells',
    // Several publishers: one session has at most 64 calls under way. Warm: the log in memory has its 10,000 entries, and what it lets go is as much as what it takes.
    ...watched({ watchers: 1000, rate: 5000, publishers: 4, warmup: 4, seconds: 6 }),
    targets: ['placette'],
    columns: [
      'newestP99',
      'p50',
      'p99',
      'max',
      'frames',
      'perFrame',
      'growth',
      'cpuShare',
      ...cpu,
      'loadShare',
      'lost',
    ],
    goals: [
      { figure: 'newestP99', atMost: 150 },
      { figure: 'p99', atMost: 150 },
      { figure: 'frames', atMost: 10 },
      { figure: 'growth', atMost: 2 },
      { figure: 'lost', atMost: 0 },
    ],
    note:
      'No peer is measured here: five million messages a second are beyond each, as the closed loop above shows. ' +
      'Each change is a call of its own through Redis, by one of four sessions in turn.',
  },
  {
    name: 'idle',
    title: '10,000 idle connections, signed in and subscribed',
    subcommand: 'idle',
    options: { connections: 10000, settle: 2 },
    targets: ['placette', 'nchan', 'socketio', 'ws', 'nats'],
    columns: ['perConnection'],
    compare: 'perConnection',
    goals: [{ figure: 'perConnection', atMost: 8 }],
  },
  {
    name: 'resume',
    title: '10,000 clients cut and resumed',
    subcommand: 'resume',
    options: { watchers: 10000, changes: 50, jitter: 0 },
    targets: ['placette'],
    columns: ['resumed', 'recovered', 'snapshots', 'lost'],
    goals: [
      { figure: 'resumed', atMost: 5 },
      { figure: 'lost', atMost: 0 },
    ],
    note:
      'All come back at once, without the jitter of the SDK. ' +
      'Placette alone: peers resume a stream of messages, if anything.',
  },
  {
    name: 'bookings',
    title: 'Bookings: 64 clients, one in flight each, every one synced to the disk',
    subcommand: 'book',
    options: { clients: 64, seconds: 5, warmup: 1 },
    targets: ['placette', 'node', 'redis-benchmark'],
    columns: [
      'bookings',
      'bookingP50',
      'bookingP99',
      'bookingMax',
      'cpuPerBooking',
      'apartPerBooking',
      'problems',
      'lost',
    ],
    compare: 'bookings',
    goals: [
      { figure: 'bookings', over: 'redis-benchmark', atLeast: 0.8 },
      { figure: 'cpuPerBooking', over: 'node', atMost: 0.6 },
      { figure: 'bookingP99', over: 'node', atMost: 1 },
      { figure: 'problems', atMost: 0 },
      { figure: 'lost', atMost: 0 },
    ],
    note:
      'All three call the same Redis function with arguments of the same form. redis-benchmark has no server at all, ' +
      'but a connection for each client with one call on it, where Placette and node send many calls down one; and all its ' +
      'bookings take from one cell. Placette also reads each booking back from the log, for those who watch; the others ' +
      'tell nobody. Lost: answered, and not among the places that are taken.',
  },
];
