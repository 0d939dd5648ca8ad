import type { Booking } from './generated/messages.js';

/** A booking's id begins with its territory's. */
export const territoryOf = ({ id }: Booking): string => id.split('.', 1)[0]!;
