export class MovingClock {
  /** Where its files are, and the date at first, in ms. */
  constructor(folder: string, start?: number);
  /** Of the programs that shall live by it. */
  readonly environment: Record<string, string>;
  readonly now: number;
  forward(seconds: number): void;
}
