import { createHash, type Hash } from "node:crypto";
import { type Repository, streamBlob } from "../../platform/git/index.ts";

const NEWLINE = 10;
const RETURN = 13;
const BOM = Buffer.from("\u{feff}");
/** The rest of a longer line is folded into a sum, so that no line fills the memory. */
const MAX_HELD = 1 << 20;

/** The lines of a blob one after the other, as `linesOf` cuts them; a very long one as its sum. */
async function* streamLines(repository: Repository, blob: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let long: Hash | null = null;
  let isFirst = true;
  const finish = (tail: Buffer): Buffer => {
    const whole = rest.length > 0 ? Buffer.concat([rest, tail]) : tail;
    const start = isFirst && long === null && whole.subarray(0, 3).equals(BOM) ? 3 : 0;
    const bare = whole.subarray(start, whole.at(-1) === RETURN ? -1 : undefined);
    const isLong = long !== null || whole.length > MAX_HELD;
    const line = isLong ? (long ?? createHash("sha256")).update(bare).digest() : bare;
    rest = Buffer.alloc(0);
    long = null;
    isFirst = false;
    return line;
  };
  for await (const chunk of streamBlob(repository, blob)) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      const line = finish(chunk.subarray(from, end));
      if (!isBlank(line)) yield line;
      from = end + 1;
    }
    rest = Buffer.concat([rest, chunk.subarray(from)]);
    if (rest.length > MAX_HELD) {
      // The last byte waits: it may be the return of a line end.
      long = (long ?? createHash("sha256")).update(rest.subarray(0, -1));
      rest = rest.subarray(-1);
    }
  }
  const last = finish(Buffer.alloc(0));
  if (!isBlank(last)) yield last;
}

function isBlank(line: Buffer): boolean {
  return line.length < 64 && line.toString("latin1").trim() === "";
}

/**
 * Does `later` keep the lines of `earlier` in order, at its start or (`mayInsert`, for merges) with others
 * between them? In constant memory, for files of any size.
 */
export async function keepsLines(
  repository: Repository,
  earlier: string,
  later: string,
  { mayInsert }: { mayInsert: boolean },
): Promise<boolean> {
  const source = streamLines(repository, later);
  try {
    for await (const line of streamLines(repository, earlier)) {
      let next = await source.next();
      while (mayInsert && !next.done && !next.value.equals(line)) next = await source.next();
      if (next.done || !next.value.equals(line)) return false;
    }
    return true;
  } finally {
    await source.return(undefined);
  }
}
