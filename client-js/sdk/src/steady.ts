/**
 * Milliseconds that only ever go forward, at the pace of a clock: whoever sets the device's clock changes nothing. They
 * begin at the time that it showed when the program started.
 */
export function steadyNow(): number {
  return performance.timeOrigin + performance.now();
}
