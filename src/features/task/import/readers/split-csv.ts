import { parse } from "csv-parse/sync";
import { messageOf } from "../../../../platform/errors/index.ts";
import type { ImportNotes } from "./import-notes.ts";

/** A row of a table, and the line on which it begins. */
export interface CsvRow {
  cells: string[];
  line: number;
}

interface ParsedRow {
  record: string[];
  info: { lines: number };
}

const DELIMITERS = [",", ";", "\t"];
const MAX_ROW_CHARACTERS = 1 << 20;
const MAX_HEADER = 10_000;

/** What stands between the cells: what the header row holds most of, outside quotes. */
function delimiterOf(text: string): string {
  const end = text.search(/[\r\n]/);
  const header = text.slice(0, end < 0 ? MAX_HEADER : Math.min(end, MAX_HEADER)).replaceAll(/"[^"]*"/g, "");
  const counts = DELIMITERS.map((each) => header.split(each).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
}

function lineEndsIn(cells: readonly string[]): number {
  return cells.reduce((count, cell) => count + cell.split(/\r\n|\n|\r/).length - 1, 0);
}

/** Takes a table apart, header row first. What cannot be read is noted, and the other rows are still read. */
export function splitCsv(text: string, name: string, notes: ImportNotes): CsvRow[] {
  let parsed: ParsedRow[] = [];
  const skipped: string[] = [];
  try {
    parsed = parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      max_record_size: MAX_ROW_CHARACTERS,
      info: true,
      on_skip: (error) => {
        skipped.push(messageOf(error));
        return undefined;
      },
    }) as unknown as ParsedRow[];
  } catch (error) {
    skipped.push(messageOf(error));
  }
  const last = parsed.at(-1)?.info.lines ?? 0;
  for (const said of skipped)
    notes.leftOut({ file: name, line: last + 1 }, "what follows this line is not readable as a table", said);
  return parsed.map(({ record, info }) => ({ cells: record, line: info.lines - lineEndsIn(record) }));
}
