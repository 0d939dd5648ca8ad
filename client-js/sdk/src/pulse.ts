export interface PulseOptions {
  /** Ever forward, in ms. */
  now: () => number;
  /** What the device's clock shows, in ms. */
  wall: () => number;
  /** After so long without a word, in ms, the server is asked for a sign of life. */
  quietMs: number;
  heardAt: () => number;
  /** Nothing was heard for a while. */
  probe(): void;
  /** The device slept, or somebody set its clock. */
  doubt(): void;
}

const longestBeat = 5_000;
/** Between two beats: so much more, or so much apart of the device's clock, is no delay of a timer. */
export const leap = 3_000;

/**
 * Listens for life: the server's pings are not shown to pages, and a device that slept is not told that its connection
 * has ended.
 */
export class Pulse {
  readonly #beat: number;
  #timer: ReturnType<typeof setInterval> | undefined;
  #beatAt = 0;
  #wallAhead = 0;

  constructor(private readonly options: PulseOptions) {
    this.#beat = Math.min(longestBeat, options.quietMs);
  }

  start(): void {
    this.stop();
    this.#hasLeapt();
    this.#timer = setInterval(this.#listen, this.#beat);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  readonly #listen = (): void => {
    const { doubt, heardAt, now, probe, quietMs } = this.options;
    if (this.#hasLeapt()) doubt();
    else if (now() - heardAt() >= quietMs) probe();
  };

  /** Since the last beat. Steady clocks count a sleep on some systems and not on others; the device's always does. */
  #hasLeapt(): boolean {
    const { now, wall } = this.options;
    const [at, ahead] = [now(), wall() - now()];
    const leapt = at - this.#beatAt > this.#beat + leap || Math.abs(ahead - this.#wallAhead) > leap;
    this.#beatAt = at;
    this.#wallAhead = ahead;
    return leapt;
  }
}
