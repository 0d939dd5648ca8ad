import type { ConnectionState } from './connection.js';
import type { LiveView, Notification } from './line.js';

/** The live views of a client. */
export class Views {
  readonly #views = new Set<LiveView>();

  add(view: LiveView): void {
    this.#views.add(view);
  }

  delete(view: LiveView): void {
    this.#views.delete(view);
  }

  uses(name: string): boolean {
    return [...this.#views].some((view) => view.uses(name));
  }

  notified(notification: Notification): void {
    for (const view of this.#views) view.notified(notification);
  }

  changed(state: ConnectionState): void {
    if (state === 'online') this.online();
    else if (state !== 'draining') this.cut();
  }

  online(): void {
    for (const view of this.#views) view.online();
  }

  cut(): void {
    for (const view of this.#views) view.cut();
  }

  close(): void {
    for (const view of [...this.#views]) view.close();
  }
}
