import { Transform, type TransformCallback } from 'node:stream';

/** A line as it is in a village: how much passes in a second, and how long it takes one way. */
export interface LinkQuality {
  bytesPerSecond: number;
  delayMs: number;
}

const pieceBytes = 1_400;

/** One way of a line: delays what passes, and lets no more pass than that. */
export class Link extends Transform {
  private free = 0; // when the line has sent what it has to
  private passed: Promise<void> = Promise.resolve();

  /** `quality` is asked for each piece: a test may change it while the line is open; undefined: at once. */
  constructor(private readonly quality: () => LinkQuality | undefined) {
    super({ highWaterMark: 4 * pieceBytes, readableHighWaterMark: 4 * pieceBytes });
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    const quality = this.quality();
    if (!quality) return done(null, chunk);
    for (let at = 0; at < chunk.length; at += pieceBytes) this.carry(chunk.subarray(at, at + pieceBytes), quality);
    // The next is taken when this one has left: who sends feels how slow the line is.
    setTimeout(done, this.free - performance.now());
  }

  override _flush(done: TransformCallback): void {
    void this.passed.then(() => done());
  }

  private carry(piece: Buffer, { bytesPerSecond, delayMs }: LinkQuality): void {
    this.free = Math.max(this.free, performance.now()) + (piece.length / bytesPerSecond) * 1000;
    const arrival = this.free + delayMs;
    this.passed = this.passed.then(async () => {
      await new Promise((resolve) => setTimeout(resolve, arrival - performance.now()));
      if (!this.destroyed) this.push(piece);
    });
  }
}
