import { setTimeout as pause } from 'node:timers/promises';
import { slowness } from './settings.js';

const step = 10;

/** Waits until the condition gives something; what it waits for is named in the error when the deadline passes. */
export async function until<T>(
  what: string,
  condition: () => T | Promise<T>,
  deadlineMs = 10_000,
): Promise<Exclude<T, false | null | undefined>> {
  const deadline = Date.now() + deadlineMs * slowness;
  for (;;) {
    const value = await condition();
    if (value) return value as Exclude<T, false | null | undefined>;
    if (Date.now() > deadline) throw new Error(`not within ${deadlineMs * slowness} ms: ${what}`);
    await pause(step);
  }
}

/** The promise's value, or an error that names what did not come in time. */
export function within<T>(what: string, promise: Promise<T>, deadlineMs = 10_000): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    const ms = deadlineMs * slowness;
    timer = setTimeout(() => reject(new Error(`not within ${ms} ms: ${what}`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
