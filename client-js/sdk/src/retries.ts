import { backoff } from './backoff.js';
import { Deadline } from './deadline.js';
import { ConnectionLost, outcomeUnknown, PlacetteProblem, type ProblemType, unreachable } from './problem.js';

export interface RetryOptions {
  timeoutMs: number;
  signal: AbortSignal | undefined;
  random: () => number;
  whenOnline: () => Promise<void>;
  /** Whether the call changes something. */
  mutating: boolean;
}

/**
 * Makes a call until it is answered or the deadline passes. Repeating is safe: reads change nothing, and the
 * other calls carry the same key each time.
 */
export async function withRetries<Result>(attempt: () => Promise<Result>, options: RetryOptions): Promise<Result> {
  const deadline = new Deadline(options.timeoutMs, options.signal);
  let perhapsDone = false; // an attempt was sent, and nothing is known of its effect
  try {
    for (let failures = 0; ; failures++) {
      await deadline.race(options.whenOnline());
      const before: boolean = perhapsDone;
      perhapsDone = options.mutating;
      try {
        return await deadline.race(attempt());
      } catch (error) {
        const pause = pauseAfter(error, failures, options.random);
        if (pause === undefined) throw before && !isSettled(error) ? outcomeUnknown() : error;
        if (isAnswer(error)) perhapsDone = before;
        if (pause > deadline.leftMs()) throw perhapsDone ? outcomeUnknown() : error;
        await deadline.sleep(pause);
      }
    }
  } catch (error) {
    if (perhapsDone && (deadline.passed || isProblem(error, 'disconnected'))) throw outcomeUnknown();
    throw deadline.passed ? unreachable() : error;
  } finally {
    deadline.end();
  }
}

const isProblem = (error: unknown, ...types: ProblemType[]): error is PlacetteProblem =>
  error instanceof PlacetteProblem && types.includes(error.type);

const isAnswer = (error: unknown) => error instanceof PlacetteProblem && error.type !== 'outcome_unknown';

const isSettled = (error: unknown) => error instanceof PlacetteProblem && error.settles;

/** How long to wait before the call is made again, in ms; undefined if it is not. */
function pauseAfter(error: unknown, failures: number, random: () => number): number | undefined {
  if (error instanceof ConnectionLost) return 0; // the next connection has its own back-off
  if (!(error instanceof PlacetteProblem) || !error.temporary) return undefined;
  // A hold of another office may last for minutes: the person at the desk decides, not the program.
  if (error.type === 'reserved_by_hold') return undefined;
  if (error.retryAfterMs === undefined && !isProblem(error, 'outcome_unknown', 'store_unavailable')) return undefined;
  return (error.retryAfterMs ?? 0) + backoff(failures, random);
}
