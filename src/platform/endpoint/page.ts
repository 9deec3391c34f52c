import { z } from "zod";

const MAX_PAGE = 500;
const PAGE = 100;

/** The query of a list: how many, and after which. `cursor` comes from the answer before. */
export const optionalPage = {
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(PAGE),
  cursor: z.string().max(1024).optional(),
};

/** The answer of a list. `next` is the cursor of the rest, or null. */
export function page<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

/** A cursor holds where the page before ended; it is opaque to callers. */
export function writeCursor(position: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(position)).toString("base64url");
}

/** The position in a cursor, or null when there is none or it is not one of ours. */
export function readCursor(cursor: string | undefined): (string | number)[] | null {
  if (cursor === undefined) return null;
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return Array.isArray(position) ? position : null;
  } catch {
    return null;
  }
}
