/** Typed events: what each event's listeners are called with. */
export class Emitter<Events extends { [Name in keyof Events]: unknown[] }> {
  readonly #listeners: { [Name in keyof Events]?: Set<(...args: Events[Name]) => void> } = {};

  /** Calls `listener` at each `event` until the returned function is called. */
  on<Name extends keyof Events>(event: Name, listener: (...args: Events[Name]) => void): () => void {
    const listeners = (this.#listeners[event] ??= new Set());
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }

  protected emit<Name extends keyof Events>(event: Name, ...args: Events[Name]): void {
    // A copy: a listener may leave, or others come, while this event is told.
    for (const listener of [...(this.#listeners[event] ?? [])]) {
      try {
        listener(...args);
      } catch (error) {
        // Its own fault: it is reported as uncaught, and disturbs neither the others nor the emitter.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
