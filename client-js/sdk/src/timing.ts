/** How long things may take, in ms. */
export interface Timing {
  /** At most so long is waited before the first new attempt; twice as long after each failure, */
  backoff: number;
  /** and never longer than this. */
  backoffMax: number;
  /** For a connection to open and to be greeted. */
  connect: number;
  /** A connection that was quiet for so long is asked for a sign of life. */
  heartbeat: number;
  /** A reply is awaited, and nothing at all has come for so long: the connection counts as dead. */
  reply: number;
  /** Until then a call is repeated where that can help. */
  call: number;
  /** Where no WebSocket passes: the server is asked so often, */
  poll: number;
  /** and it is tried at least so often whether one passes by now. */
  upgrade: number;
}

export const usualTiming: Timing = {
  backoff: 500,
  backoffMax: 20_000,
  connect: 10_000,
  heartbeat: 45_000,
  reply: 10_000,
  call: 30_000,
  poll: 5_000,
  upgrade: 60_000,
};
