import { statSync } from "node:fs";
import { dirname } from "node:path";
import { Refusal } from "../../errors/index.ts";
import type { DatabaseUser } from "./database-user.ts";

/** May this user pass through the folder? (path_resolution(7): search permission on each folder of the way.) */
function passes(folder: string, user: DatabaseUser): boolean {
  const { mode, uid, gid } = statSync(folder);
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
  return ((mode >> shift) & 1) === 1;
}

/** The first folder on the way to `path` that this user cannot pass, or null. */
export function unreachableFolder(path: string, user: DatabaseUser): string | null {
  const parent = dirname(path);
  const above = parent === path ? null : unreachableFolder(parent, user);
  return above ?? (passes(path, user) ? null : path);
}

/** @throws Refusal INPUT_INVALID when the database's account cannot reach its folder */
export function refuseUnreachable(folder: string, user: DatabaseUser | null): void {
  const closed = user && unreachableFolder(dirname(folder), user);
  if (!closed) return;
  throw new Refusal(
    "INPUT_INVALID",
    `${folder} cannot hold the database: as root it runs as ${user.name}, who may not enter ${closed}`,
    { hint: "growth-engine serve --data-dir /var/lib/growth-engine" },
  );
}
