import type { Backoff } from './backoff.js';
import type { BoardGetParams, BoardGetResult, Methods, Notifications } from './generated/messages.js';

export type Notification = {
  [Name in keyof Notifications]: { method: Name; params: Notifications[Name] };
}[keyof Notifications];

export interface LineCallOptions {
  timeoutMs: number;
  signal: AbortSignal;
  /** Told of the result before any later message is handled, also when the signal has ended the waiting for it. */
  onReply(result: never): void;
}

/** What a live view needs of its client. */
export interface Line {
  readonly random: () => number;
  readonly backoff: Backoff;
  /** How long a call is repeated, in ms. */
  readonly callMs: number;
  /** The server's time, in ms. */
  serverNow(): number;
  /** When the server was last heard, in ms of its own time. */
  heardAt(): number;
  /** The time zone of a territory. */
  timezone(territory: string): string;
  /** As the client's `call`. */
  call(method: keyof Methods, params: object, options: LineCallOptions): Promise<unknown>;
  /** A board as it is, sooner than a subscription gives it; undefined: it does not. */
  readBoard(
    filter: BoardGetParams,
    signal: AbortSignal,
    onProgress: (received: number, total: number | undefined) => void,
  ): Promise<BoardGetResult | undefined>;
  /** Says something once, if there is a connection; what comes of it does not matter. */
  once(method: keyof Methods, params: object): void;
  /** From now on the view is told of notifications and of the connection. */
  join(view: LiveView): void;
  leave(view: LiveView): void;
  /** Whether a view follows the filter of this name: equal filters share one subscription. */
  inUse(name: string): boolean;
  /** Tells of a failure that is tried again. */
  failed(error: Error): void;
}

/** What the client tells its views. */
export interface LiveView {
  uses(name: string): boolean;
  notified(notification: Notification): void;
  online(): void;
  cut(): void;
  close(): void;
}
