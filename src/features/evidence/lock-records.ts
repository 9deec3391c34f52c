import { join } from "node:path";
import { Fault } from "../../platform/errors/index.ts";
import { holdLock } from "../../platform/files/index.ts";
import type { Repository } from "../../platform/git/index.ts";

/** The top of the working tree. @throws Fault NOT_A_REPOSITORY in a bare repository */
export function recordsRoot({ worktree }: Repository): string {
  if (worktree !== null) return worktree;
  throw new Fault(
    "NOT_A_REPOSITORY",
    "this repository is bare: it has no working tree whose records could change",
    {
      hint: "run it in a checkout",
    },
  );
}

/** Runs what writes records anew, one at a time in a working tree. @throws Refusal REFUSED while another runs */
export async function lockRecords<T>(repository: Repository, task: () => Promise<T>): Promise<T> {
  const git = (await repository.git(["rev-parse", "--absolute-git-dir"])).stdout.toString().trimEnd();
  const what = "an archiving or redaction in this working tree";
  return holdLock(join(git, "growth-engine-archive.lock"), what, task);
}
