import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Fault, messageOf } from "../errors/index.ts";

/** The name under which a file is written before it takes its place; see {@link isUnfinished}. */
const UNFINISHED = /^\.growth-engine-\d+\.tmp$/;

/** Is this the name of a file whose writer was ended before it was whole? */
export function isUnfinished(name: string): boolean {
  return UNFINISHED.test(name);
}

/**
 * Writes a file whole or not at all: beside its place first, then moved there. Folders above it are made.
 * @param mode permission bits, such as 0o755
 * @throws Fault FILE_FAILED, after which the place holds what it held before
 */
export function writeWhole(path: string, content: Uint8Array, mode: number): void {
  const temporary = join(dirname(path), `.growth-engine-${process.pid}.tmp`);
  try {
    mkdirSync(dirname(path), { recursive: true });
    // `wx`: never through a link that somebody left under this name.
    rmSync(temporary, { force: true });
    writeFileSync(temporary, content, { mode, flag: "wx" });
    // The mode above is less the umask, and says nothing to a file system without such bits.
    chmodSync(temporary, mode);
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw new Fault("FILE_FAILED", `${path} could not be written: ${messageOf(cause)}`, {
      cause,
      hint: "make its folder writable and free some space, then run the same command again",
    });
  }
}
