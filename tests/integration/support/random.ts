/** Reproducible randomness (mulberry32): the seed is printed, and can be given as PLACETTE_TEST_SEED. */
export class Random {
  readonly seed: number;
  private state: number;

  constructor(seed = Number(process.env.PLACETTE_TEST_SEED ?? Date.now() % 1_000_000)) {
    this.seed = seed;
    this.state = seed;
  }

  /** From 0 to below `n`. */
  below(n: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * n);
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!;
  }
}
