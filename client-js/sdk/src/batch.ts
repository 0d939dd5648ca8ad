/** Gathers what is sent in one turn of the event loop, and lets it leave together. */
export class Batch<Message = string> {
  readonly #gathered: Message[] = [];

  constructor(private readonly leave: (together: Message[]) => void) {}

  add(message: Message): void {
    // Calls made in one turn come here within one round of microtasks.
    if (this.#gathered.push(message) === 1) queueMicrotask(() => this.leave(this.#gathered.splice(0)));
  }
}

/** As few frames as the server's limits allow. */
export function framesOf(messages: string[], limits: { batch: number; frameBytes: number }): string[] {
  const frames: string[][] = [];
  let room = 0;
  for (const message of messages) {
    const bytes = bytesOf(message) + 1; // and a comma
    if (bytes > room || frames.at(-1)?.length === limits.batch) {
      frames.push([]);
      room = limits.frameBytes - 1; // two brackets, and no last comma
    }
    frames.at(-1)?.push(message);
    room -= bytes;
  }
  return frames.map((frame) => (frame.length === 1 ? frame.join() : `[${frame.join()}]`));
}

export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
