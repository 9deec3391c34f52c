import { existsSync } from "node:fs";
import { join } from "node:path";
import { createAdminToken } from "../../features/token/index.ts";
import type { Database } from "../../platform/database/index.ts";
import { writeWhole } from "../../platform/files/index.ts";

/** Where the admin's token is: in a file, or here and shown once; null when it was handed out before or nobody looks. */
export type AdminToken = { file: string } | { token: string } | null;

export interface HandOut {
  /** Makes one although there is one, for an admin who lost it. */
  another: boolean;
  /** Where to write it; null for the place beside the embedded database, else the terminal. */
  file: string | null;
  /** Whether a person sees what is printed. Elsewhere it would end in a log. */
  isSeen: boolean;
}

const OWNER_ONLY = 0o600;

/**
 * Beside the embedded database it is a file for its owner's eyes alone: whoever may read that folder may read the
 * database anyway. Elsewhere it goes to the file that was named, else to the terminal. It never goes to a log: where there
 * is neither, none is made, and the next start that has one makes it.
 */
export async function handOutAdminToken(
  database: Database,
  now: number,
  { another, file: named, isSeen }: HandOut,
): Promise<AdminToken> {
  const beside = database.folder === null ? null : join(database.folder, "admin-token");
  const file = named ?? beside;
  if (file === null && !isSeen) return null;
  const isLost = beside !== null && !existsSync(file ?? beside);
  const token = await createAdminToken(database, now, another || isLost);
  if (file === null) return token === null ? null : { token };
  if (token !== null) writeWhole(file, Buffer.from(`${token}\n`), OWNER_ONLY);
  return token === null && beside === null ? null : { file };
}
