import {
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

/** A new file of ours, whatever somebody left at the path. */
const NEW = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at);
}

/** A rename is durable when its folder is. Where folders cannot be opened (Windows), the system sees to it. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const file = openSync(folder, constants.O_RDONLY);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * Writes a file beside its place and moves it there when it is whole, durable and checked: at any moment the place
 * holds the old content or the new. What an interrupted call left beside it is overwritten by the next.
 * @param path absolute; its folder is there, and holds no link to elsewhere
 * @param write hands the content on in pieces
 * @param check reads what was written (its path is given) and throws when it is not as it should be
 */
export async function replaceFile(
  path: string,
  write: (append: (bytes: Uint8Array) => void) => Promise<void> | void,
  check: (written: string) => Promise<void> | void = () => undefined,
): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.tmp`);
  rmSync(temporary, { force: true });
  try {
    const mode = statSync(path, { throwIfNoEntry: false })?.mode;
    const file = openSync(temporary, NEW, 0o644);
    try {
      await write((bytes) => writeAll(file, bytes));
      if (mode !== undefined) fchmodSync(file, mode);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    await check(temporary);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}
