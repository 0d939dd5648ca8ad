// The figures that are told of a measurement, from what placette-load printed. NaN or undefined: it has none such.
const total = (cpu) => (cpu ? cpu.user + cpu.system : NaN);
const million = 1e6;

/** What a figure is called, how many digits of it are worth telling, and where it comes from. */
export const figures = {
  cpuPerMillion: figure('CPU s per million deliveries', 2, (r) => (total(r.cpu) / r.deliveries) * million),
  userPerMillion: figure('user CPU s per million', 2, (r) => (r.cpu?.user / r.deliveries) * million),
  systemPerMillion: figure('system CPU s per million', 2, (r) => (r.cpu?.system / r.deliveries) * million),
  apartPerMillion: figure(
    'Redis CPU s per million, apart',
    2,
    (r) => ((total(r.apart) || NaN) / r.deliveries) * million, // 0: there is no Redis
  ),
  perSecond: figure('deliveries/s', 0, (r) => r.perSecond),
  p50: figure('staleness p50, ms', 1, (r) => r.stalenessMs?.p50),
  p99: figure('staleness p99, ms', 1, (r) => r.stalenessMs?.p99),
  max: figure('staleness max, ms', 1, (r) => r.stalenessMs?.max),
  newestP99: figure('newest state p99, ms', 1, (r) => r.newestMs?.p99),
  frames: figure('frames/s a watcher', 1, (r) => r.writesPerWatcherPerSecond),
  perFrame: figure('changes a frame', 1, (r) => r.deliveries / r.frames),
  lost: figure('lost', 0, (r) => r.lost),
  growth: figure('resident growth once warm, MiB', 1, (r) => (r.residentKiB?.end - r.residentKiB?.warm) / 1024),
  cpuShare: figure('CPU, cores', 2, (r) => total(r.cpu) / r.seconds),
  loadShare: figure('load generator, cores', 2, (r) => total(r.loadCpu) / r.seconds),
  perConnection: figure('KiB resident a connection', 1, (r) => r.perConnectionKiB),
  resumed: figure('s until all are true', 2, (r) => r.seconds),
  recovered: figure('answered by a delta', 0, (r) => r.recovered),
  snapshots: figure('by a snapshot', 0, (r) => r.snapshots),
  bookings: figure('bookings/s', 0, (r) => r.perSecond),
  bookingP50: figure('latency p50, ms', 2, (r) => r.latencyMs?.p50),
  bookingMax: figure('latency max, ms', 1, (r) => r.latencyMs?.max),
  bookingP99: figure('latency p99, ms', 2, (r) => r.latencyMs?.p99),
  cpuPerBooking: figure('server CPU µs per booking', 1, (r) => (total(r.cpu) / r.bookings) * million),
  apartPerBooking: figure('Redis CPU µs per booking, apart', 1, (r) => (total(r.apart) / r.bookings) * million),
  problems: figure('problems', 0, (r) => r.problems),
};

function figure(label, digits, of) {
  return { label, digits, of };
}
