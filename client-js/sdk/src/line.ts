import type { Methods, Notifications } from './generated/messages.js';

export type Notification = {
  [Name in keyof Notifications]: { method: Name; params: Notifications[Name] };
}[keyof Notifications];

/** What a live view needs of its client. */
export interface Line {
  readonly random: () => number;
  /** The server's time, in ms. */
  serverNow(): number;
  /** When the server was last heard, in ms of its own time. */
  heardAt(): number;
  /** The time zone of a territory. */
  timezone(territory: string): string;
  /** As the client's `call`; `onReply` is told of the result before any later message is handled. */
  call(method: keyof Methods, params: object, onReply?: (result: never) => void): Promise<unknown>;
  /** Says something once, if there is a connection; what comes of it does not matter. */
  once(method: keyof Methods, params: object): void;
  /** From now on the view is told of notifications and of the connection. */
  join(view: LiveView): void;
  leave(view: LiveView): void;
  /** Whether a view follows the filter of this name: equal filters share one subscription. */
  inUse(name: string): boolean;
}

/** What the client tells its views. */
export interface LiveView {
  uses(name: string): boolean;
  notified(notification: Notification): void;
  online(): void;
  cut(): void;
  close(): void;
}
