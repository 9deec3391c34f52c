import { existsSync } from "node:fs";
import { join } from "node:path";
import { createAdminToken } from "../../features/token/index.ts";
import type { Database } from "../../platform/database/index.ts";
import { writeWhole } from "../../platform/files/index.ts";

/** Where the admin's token is: in a file, or here and shown once; null when it was handed out before. */
export type AdminToken = { file: string } | { token: string } | null;

const OWNER_ONLY = 0o600;

/**
 * Beside the embedded database it is a file for its owner's eyes alone: whoever may read that folder may read the
 * database anyway. Elsewhere it goes to the terminal. It never goes to a log.
 * @param another makes one although there is one, for an admin who lost it
 */
export async function handOutAdminToken(
  database: Database,
  now: number,
  another: boolean,
): Promise<AdminToken> {
  const file = database.folder === null ? null : join(database.folder, "admin-token");
  const isLost = file !== null && !existsSync(file);
  const token = await createAdminToken(database, now, another || isLost);
  if (file === null) return token === null ? null : { token };
  if (token !== null) writeWhole(file, Buffer.from(`${token}\n`), OWNER_ONLY);
  return { file };
}
