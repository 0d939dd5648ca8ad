const first = 500;
const longest = 20_000;

/**
 * How long to wait before the next attempt, in ms, after `failures` failed ones. Full jitter: anything
 * between nothing and the ceiling, so that a crowd cut off together does not come back together.
 */
export function backoff(failures: number, random: () => number): number {
  return random() * Math.min(longest, first * 2 ** failures);
}
