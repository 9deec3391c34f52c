import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { systemCode } from "../../platform/errors/index.ts";

const ID_BYTES = 4;

function readId(path: string): string | null {
  try {
    const id = readFileSync(path, "utf8").trim();
    return /^[\da-f]{8}$/.test(id) ? id : null;
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw error;
    return null;
  }
}

/**
 * The session of all runs that are recorded in one working tree: one file a day for each agent, and no other working
 * tree writes to it.
 */
export function runSession({ gitDir }: { gitDir: string }): string {
  const folder = join(gitDir, "growth-engine");
  const path = join(folder, "run-session");
  const known = readId(path);
  if (known !== null) return known;
  const made = randomBytes(ID_BYTES).toString("hex");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, `${made}\n`);
  return made;
}
