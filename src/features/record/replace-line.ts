const NEWLINE = 10;
const RETURN = 13;
const BOM = Buffer.from("\u{feff}");

/** Where a line stands among the bytes of a file, without its end. */
export interface LinePlace {
  from: number;
  to: number;
}

/** The place of a line, counted from 1 with blank lines, as readers count; null past the last. */
export function findLine(content: Buffer, number: number): LinePlace | null {
  let from = content.subarray(0, BOM.length).equals(BOM) ? BOM.length : 0;
  for (let line = 1; line < number; line += 1) {
    const end = content.indexOf(NEWLINE, from);
    if (end < 0) return null;
    from = end + 1;
  }
  if (from >= content.length) return null;
  const end = content.indexOf(NEWLINE, from);
  const stop = end < 0 ? content.length : end;
  return { from, to: stop > from && content[stop - 1] === RETURN ? stop - 1 : stop };
}

/** The file with other bytes in the place of a line; its line end stays. */
export function replaceLine(content: Buffer, { from, to }: LinePlace, line: string): Buffer {
  return Buffer.concat([content.subarray(0, from), Buffer.from(line), content.subarray(to)]);
}
