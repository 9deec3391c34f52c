const NEWLINE = 10;

/** A line without its end; null for one that was too long to be kept. */
export type OnLine = (line: Uint8Array | null) => void;

/**
 * Cuts a stream into lines: whole ones are handed on as views of the part that they came in, so that nothing is copied
 * where a message comes in one part.
 */
export class LineSplitter {
  readonly #onLine: OnLine;
  readonly #maxBytes: number;
  #parts: Uint8Array[] = [];
  #bytes = 0;

  constructor(onLine: OnLine, maxBytes: number) {
    this.#onLine = onLine;
    this.#maxBytes = maxBytes;
  }

  push(part: Uint8Array): void {
    let from = 0;
    for (let end = part.indexOf(NEWLINE); end >= 0; end = part.indexOf(NEWLINE, from)) {
      this.#keep(part.subarray(from, end));
      this.#finish();
      from = end + 1;
    }
    if (from < part.length) this.#keep(part.subarray(from));
  }

  /** What came after the last newline. */
  end(): void {
    if (this.#bytes > 0) this.#finish();
  }

  #keep(part: Uint8Array): void {
    this.#bytes += part.length;
    if (this.#bytes <= this.#maxBytes) this.#parts.push(part);
    else this.#parts = [];
  }

  #finish(): void {
    const isKept = this.#bytes <= this.#maxBytes;
    const [first = new Uint8Array(), ...more] = this.#parts;
    const line = more.length === 0 ? first : Buffer.concat([first, ...more]);
    this.#parts = [];
    this.#bytes = 0;
    this.#onLine(isKept ? line : null);
  }
}
