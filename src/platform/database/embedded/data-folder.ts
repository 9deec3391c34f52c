import { homedir } from "node:os";
import { join } from "node:path";
import type { DatabaseUser } from "./database-user.ts";

/**
 * Where a server keeps its data unless told otherwise: the XDG data folder (basedir specification), `LOCALAPPDATA` on
 * Windows, and for root a folder that the database's own account can reach, which nothing below /root is.
 */
export function dataFolder(env: NodeJS.ProcessEnv, user: DatabaseUser | null): string {
  if (user !== null) return "/var/lib/growth-engine";
  const base =
    process.platform === "win32"
      ? (env.LOCALAPPDATA ?? join(homedir(), "AppData", "Local"))
      : (env.XDG_DATA_HOME ?? join(homedir(), ".local", "share"));
  return join(base, "growth-engine");
}
