import { rmdirSync, unlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { Fault, messageOf, systemCode } from "../../../platform/errors/index.ts";
import type { Repository } from "../../../platform/git/index.ts";
import { RECORD_FOLDER } from "../record-path.ts";
import { compareFiles } from "./committed-files.ts";
import type { CommittedFile, LeftFile } from "./plan-archive.ts";

const NOT_EMPTY = new Set(["ENOTEMPTY", "EEXIST", "ENOENT"]);

/** As git does: a folder goes with its last file. */
function removeEmptyFolders(root: string, path: string): void {
  for (let folder = dirname(path); folder !== RECORD_FOLDER && folder !== "."; folder = dirname(folder)) {
    try {
      rmdirSync(join(root, folder));
    } catch (error) {
      if (NOT_EMPTY.has(systemCode(error) ?? "")) return;
      throw error;
    }
  }
}

/**
 * Deletes files that an archive holds. Each is compared with what git holds once more: a line that somebody appended
 * meanwhile stays, with its file.
 */
export async function removeFiles(
  repository: Repository,
  root: string,
  files: readonly CommittedFile[],
): Promise<{ removed: number; left: LeftFile[] }> {
  const left: LeftFile[] = [];
  let removed = 0;
  for await (const [{ path }, reason] of compareFiles(repository, files)) {
    if (reason !== null) {
      left.push({ path, reason });
      continue;
    }
    try {
      unlinkSync(join(root, path));
      removeEmptyFolders(root, path);
    } catch (cause) {
      throw new Fault("FILE_FAILED", `${path} is archived, and could not be deleted: ${messageOf(cause)}`, {
        cause,
        hint: "make its folder writable, and run the command again: it goes on where it stopped",
      });
    }
    removed += 1;
  }
  return { removed, left };
}
