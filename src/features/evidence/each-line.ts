const NEWLINE = 10;
const RETURN = 13;
/** A line longer than this is not handed on: no record line may be so long. */
const MAX_CARRIED = 2 << 20;

function visitLines(text: string, visit: (line: string) => void): void {
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf("\n", at);
    const stop = end < 0 ? text.length : end;
    const bare = text.charCodeAt(stop - 1) === RETURN && stop > at ? stop - 1 : stop;
    if (bare > at) visit(text.slice(at, bare));
    at = stop + 1;
  }
}

/** Hands on each line that is not empty, without its end and without parsing it: for comparing with known lines. */
export async function eachLine(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  visit: (line: string) => void,
): Promise<void> {
  let carried: Buffer[] = [];
  let size = 0;
  let first = true;
  for await (const chunk of chunks) {
    const bytes =
      first && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? chunk.subarray(3) : chunk;
    first = false;
    const last = bytes.lastIndexOf(NEWLINE);
    if (last >= 0) {
      const whole = bytes.subarray(0, last + 1);
      visitLines((size > 0 ? Buffer.concat([...carried, whole]) : whole).toString("utf8"), visit);
      carried = [];
      size = 0;
    }
    const rest = bytes.subarray(last + 1);
    if (rest.length > 0 && size <= MAX_CARRIED) {
      carried.push(rest);
      size += rest.length;
    }
  }
  if (size > 0) visitLines(Buffer.concat(carried).toString("utf8"), visit);
}
