export { LiveBoard, type BoardEvents, type BoardFilter, type CellChange } from './board.js';
export { LiveBookings, type BookingChange, type BookingEvents, type BookingFilter } from './bookings.js';
export { cellKey, freeFor, isStale } from './cell.js';
export {
  PlacetteClient,
  type CallOptions,
  type CallParams,
  type ClientEvents,
  type ClientOptions,
  type MutatingMethod,
} from './client.js';
export { addDays, dayIn } from './clock.js';
export type { ConnectionState } from './connection.js';
export type * from './generated/messages.js';
export { mutatingMethods } from './generated/messages.js';
export { uuidv7 } from './key.js';
export type { Notification } from './line.js';
export type { LiveEvents, LiveStatus } from './live.js';
export { PlacetteProblem, type ProblemType } from './problem.js';
export type { WebSocketClass, WebSocketLike } from './socket.js';
