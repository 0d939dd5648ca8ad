type Listener<Args extends unknown[]> = (...args: Args) => void;

/** Typed events: what each event's listeners are called with. */
export class Emitter<Events extends { [Name in keyof Events]: unknown[] }> {
  /** Each listener, and whether it is called once only. */
  readonly #listeners: { [Name in keyof Events]?: Map<Listener<Events[Name]>, boolean> } = {};

  /** Calls `listener` at each `event` until the returned function, or `off`, is called. */
  on<Name extends keyof Events>(event: Name, listener: Listener<Events[Name]>): () => void {
    return this.#add(event, listener, false);
  }

  /** Calls `listener` at the next `event` alone. */
  once<Name extends keyof Events>(event: Name, listener: Listener<Events[Name]>): () => void {
    return this.#add(event, listener, true);
  }

  off<Name extends keyof Events>(event: Name, listener: Listener<Events[Name]>): void {
    this.#listeners[event]?.delete(listener);
  }

  protected emit<Name extends keyof Events>(event: Name, ...args: Events[Name]): void {
    const listeners = this.#listeners[event];
    // A copy: a listener may leave, or others come, while this event is told.
    for (const [listener, once] of [...(listeners ?? [])]) {
      if (!listeners?.has(listener)) continue; // another of these listeners has taken it off
      if (once) listeners.delete(listener);
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

  #add<Name extends keyof Events>(event: Name, listener: Listener<Events[Name]>, once: boolean): () => void {
    (this.#listeners[event] ??= new Map()).set(listener, once);
    return () => this.off(event, listener);
  }
}
