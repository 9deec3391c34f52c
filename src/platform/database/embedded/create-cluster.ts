import { randomBytes } from "node:crypto";
import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { systemCode } from "../../errors/index.ts";
import type { DatabaseUser } from "./database-user.ts";
import type { Programs } from "./find-programs.ts";
import { runProgram } from "./run-program.ts";

/** Where one embedded server keeps its things. */
export interface ClusterPlace {
  /** The data folder; passes for the database's account. */
  folder: string;
  user: DatabaseUser | null;
  programs: Programs;
  /** What the programs print goes here. */
  log: string;
}

/** The file with the settings of this start, which the cluster's own settings include. */
export const SETTINGS_FILE = "growth-engine.conf";

const PASSWORD_BYTES = 24;

export const clusterOf = (folder: string): string => join(folder, "cluster");

function own(path: string, user: DatabaseUser | null): void {
  if (user) chownSync(path, user.uid, user.gid);
}

/** The password of the embedded server: made once, for its owner's eyes only. */
export function passwordOf(folder: string, user: DatabaseUser | null): string {
  const file = join(folder, "password");
  try {
    writeFileSync(file, randomBytes(PASSWORD_BYTES).toString("base64url"), { mode: 0o600, flag: "wx" });
    own(file, user);
  } catch (error) {
    if (systemCode(error) !== "EEXIST") throw error;
  }
  return readFileSync(file, "utf8").trim();
}

/** The last folder is the server's alone; those above stay as folders usually are. */
export function makeDataFolder(folder: string, user: DatabaseUser | null): void {
  if (existsSync(folder)) return;
  mkdirSync(join(folder, ".."), { recursive: true });
  mkdirSync(folder, { mode: 0o700 });
  own(folder, user);
}

/** Makes the cluster under another name first, so that an interrupted start leaves none that is half made. */
export async function createCluster({ folder, user, programs, log }: ClusterPlace): Promise<void> {
  if (existsSync(clusterOf(folder))) return;
  passwordOf(folder, user);
  const temporary = `${clusterOf(folder)}.${process.pid}`;
  rmSync(temporary, { recursive: true, force: true });
  const words = [
    `--pgdata=${temporary}`,
    "--username=growth_engine",
    `--pwfile=${join(folder, "password")}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-locale",
    "--no-instructions",
  ];
  await runProgram(programs.initdb, words, { user, log, what: "making the database" });
  appendFileSync(join(temporary, "postgresql.conf"), `\ninclude_if_exists '${SETTINGS_FILE}'\n`);
  renameSync(temporary, clusterOf(folder));
}
