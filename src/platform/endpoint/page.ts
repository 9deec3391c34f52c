import { z } from "zod";

const MAX_PAGE = 500;
const PAGE = 100;

/** The query of a list: how many, and after which. `cursor` comes from the answer before. */
export const optionalPage = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_PAGE)
    .default(PAGE)
    .meta({ description: "How many at most." }),
  cursor: z.string().max(1024).optional().meta({ description: "`next` of the answer before, for the rest." }),
};

/** The answer of a list. `next` is the cursor of the rest, or null. */
export function page<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

type Position = readonly (string | number)[];

/** A cursor holds where the page before ended; it is opaque to callers. */
export function writeCursor(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString("base64url");
}

/** The position in a cursor; empty when there is none or it is not one of ours. */
export function readCursor(cursor: string | undefined): Position {
  if (cursor === undefined) return [];
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return Array.isArray(position) ? position : [];
  } catch {
    return [];
  }
}

/** The text after which a page begins; empty for the first page. */
export function textIn(cursor: string | undefined): string {
  return String(readCursor(cursor)[0] ?? "");
}

/** The number after or before which a page begins; null for the first page. */
export function numberIn(cursor: string | undefined): number | null {
  const position = readCursor(cursor)[0];
  return Number.isSafeInteger(position) ? Number(position) : null;
}

/** How rows become a page. */
export interface PageLook<Row, View> {
  /** As many rows as were asked for: a page that holds fewer is the last one. */
  limit: number;
  /** Where a row stands in the order of the list. */
  position(row: Row): Position;
  view(row: Row): View;
}

/** The answer of a list. */
export function pageOf<Row, View>(
  rows: readonly Row[],
  { limit, position, view }: PageLook<Row, View>,
): { items: View[]; next: string | null } {
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return { items: rows.map(view), next: last === undefined ? null : writeCursor(position(last)) };
}
