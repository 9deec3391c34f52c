import { chmodSync, cpSync, existsSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import type { DatabaseUser } from "./database-user.ts";
import type { Programs } from "./find-programs.ts";
import { mendLinks } from "./mend-links.ts";
import { unreachableFolder } from "./refuse-unreachable.ts";

/** A copy below the data folder that the database's account may enter; `node_modules` may lie below /root. */
function copyPrograms(native: string, folder: string, version: string): string {
  const copy = join(folder, `programs-${version}`);
  if (existsSync(copy)) return copy;
  const temporary = `${copy}.${process.pid}`;
  rmSync(temporary, { recursive: true, force: true });
  cpSync(native, join(temporary, "native"), { recursive: true, verbatimSymlinks: true });
  chmodSync(temporary, 0o755);
  mendLinks(join(temporary, "native"));
  renameSync(temporary, copy);
  return copy;
}

function programsIn(native: string): Programs {
  const program = (name: string) => join(native, "bin", name);
  return { initdb: program("initdb"), pg_ctl: program("pg_ctl"), postgres: program("postgres"), native };
}

/** The programs, ready to run as `user`: their links mended, or a copy of them where `user` cannot reach them. */
export function installPrograms(
  found: Programs,
  { user, folder, version }: { user: DatabaseUser | null; folder: string; version: string },
): Programs {
  if (user && unreachableFolder(found.native, user)) {
    return programsIn(join(copyPrograms(found.native, folder, version), basename(found.native)));
  }
  mendLinks(found.native);
  return found;
}
