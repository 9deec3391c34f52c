import { Transform, type TransformCallback } from "node:stream";

const NEWLINE = 0x0a;

/**
 * Lets lines through that are not too long. The SDK ends a connection over a line that it cannot hold; here the line is
 * left out and told of, and those after it are heard. The end is passed on when `idle` says that all is answered.
 */
export class LineGate extends Transform {
  readonly #maxBytes: number;
  readonly #tooLong: () => void;
  readonly #idle: () => Promise<void>;
  #held: Buffer[] = [];
  #size = 0;

  constructor(maxBytes: number, tooLong: () => void, idle: () => Promise<void>) {
    super();
    this.#maxBytes = maxBytes;
    this.#tooLong = tooLong;
    this.#idle = idle;
  }

  #hold(part: Buffer): void {
    this.#size += part.length;
    if (this.#size <= this.#maxBytes) this.#held.push(part);
    else this.#held = [];
  }

  #release(): void {
    if (this.#size > this.#maxBytes) this.#tooLong();
    else this.push(Buffer.concat(this.#held));
    this.#held = [];
    this.#size = 0;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      this.#hold(chunk.subarray(from, at + 1));
      this.#release();
      from = at + 1;
    }
    if (from < chunk.length) this.#hold(chunk.subarray(from));
    done();
  }

  override _flush(done: TransformCallback): void {
    this.#idle().then(() => done(), done);
  }
}
