const NEWLINE = 10;
const RETURN = 13;
/** A line longer than this is not handed on: no record line may be so long. */
const MAX_CARRIED = 2 << 20;
/** Text is decoded in pieces that are thrown away as cheaply as they are made. */
const PIECE_BYTES = 60 * 1024;

function visitLines(text: string, visit: (line: string) => void): void {
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf("\n", at);
    const stop = end < 0 ? text.length : end;
    const bare = text.charCodeAt(stop - 1) === RETURN && stop > at ? stop - 1 : stop;
    if (bare > at) visit(text.slice(at, bare));
    at = stop + 1;
  }
}

/** Cuts bytes into lines; the beginning of a line is kept until its end is there. */
class Cutter {
  readonly #visit: (line: string) => void;
  #carried: Buffer[] = [];
  #size = 0;

  constructor(visit: (line: string) => void) {
    this.#visit = visit;
  }

  write(piece: Buffer): void {
    const last = piece.lastIndexOf(NEWLINE);
    if (last >= 0) {
      const whole = piece.subarray(0, last + 1);
      this.#cut(this.#size > 0 ? Buffer.concat([...this.#carried, whole]) : whole);
    }
    const rest = piece.subarray(last + 1);
    if (rest.length > 0 && this.#size <= MAX_CARRIED) {
      this.#carried.push(Buffer.from(rest));
      this.#size += rest.length;
    }
  }

  #cut(bytes: Buffer): void {
    visitLines(bytes.toString("utf8"), this.#visit);
    this.#carried = [];
    this.#size = 0;
  }

  end(): void {
    if (this.#size > 0) this.#cut(Buffer.concat(this.#carried));
  }
}

function withoutMark(chunk: Buffer): Buffer {
  return chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? chunk.subarray(3) : chunk;
}

/** Hands on each line that is not empty, without its end and without parsing it: for comparing with known lines. */
export async function eachLine(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  visit: (line: string) => void,
): Promise<void> {
  const cutter = new Cutter(visit);
  let first = true;
  for await (const chunk of chunks) {
    const bytes = first ? withoutMark(chunk) : chunk;
    first = false;
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) cutter.write(bytes.subarray(at, at + PIECE_BYTES));
  }
  cutter.end();
}
