import { readFileSync } from "node:fs";
import { Fault } from "../../errors/index.ts";

/** The account that the database server runs as, when not this process's own. */
export interface DatabaseUser {
  name: string;
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root. The first of these accounts that the system has is taken. */
const ACCOUNTS = ["growth-engine", "postgres", "nobody"];

/** Reads `/etc/passwd` (passwd(5): name:password:UID:GID:…). */
function accounts(passwd: string): Map<string, DatabaseUser> {
  const rows = passwd.split("\n").map((line) => line.split(":"));
  return new Map(
    rows.map(([name = "", , uid, gid]) => [name, { name, uid: Number(uid), gid: Number(gid) }] as const),
  );
}

/**
 * Who runs the database server: null for this process's own user, another account when this is root.
 * @throws Fault PLATFORM_UNSUPPORTED when root finds no account to hand it to
 */
export function databaseUser(): DatabaseUser | null {
  if (process.getuid?.() !== 0) return null;
  const known = accounts(readFileSync("/etc/passwd", "utf8"));
  const user = ACCOUNTS.map((name) => known.get(name)).find((account) => account !== undefined);
  if (user) return user;
  throw new Fault("PLATFORM_UNSUPPORTED", "PostgreSQL does not run as root, and there is no other account", {
    hint: "useradd --system growth-engine",
  });
}
