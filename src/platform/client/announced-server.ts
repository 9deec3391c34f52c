import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Fault, messageOf, systemCode } from "../errors/index.ts";
import { isRunning, writeWhole } from "../files/index.ts";

/** A server of this machine, as it says in its data folder. */
export interface AnnouncedServer {
  url: string;
  /** The process that serves; the announcement of one that ended is void. */
  pid: number;
}

const FILE = "serving.json";
const TOKEN_FILE = "admin-token";

/** Says where this process serves, in the server's own folder, which only its account may write. */
export function announceServer(folder: string, server: AnnouncedServer): void {
  writeWhole(join(folder, FILE), Buffer.from(`${JSON.stringify(server)}\n`), 0o644);
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    const code = systemCode(cause);
    // A folder of another account: not our server.
    if (code === "ENOENT" || code === "EACCES" || code === "ENOTDIR") return null;
    throw new Fault("FILE_FAILED", `${path} could not be read: ${messageOf(cause)}`, { cause });
  }
}

/** The server that runs from this data folder and its admin's token, as far as this user may read them. */
export function readAnnouncement(folder: string): { url: string; token: string | null } | null {
  const text = readIfThere(join(folder, FILE));
  if (text === null) return null;
  const { url, pid } = JSON.parse(text) as AnnouncedServer;
  return isRunning(pid) ? { url, token: readIfThere(join(folder, TOKEN_FILE))?.trim() ?? null } : null;
}
