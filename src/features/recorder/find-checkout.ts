import { readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { systemCode } from "../../platform/errors/index.ts";
import { commonGitDirectory, findWorktree, gitDirectory } from "../../platform/git/git-directory.ts";

/** A working tree, as far as a recorder asks. */
export interface Checkout {
  /** Top of the working tree. */
  root: string;
  /** Of this working tree itself. */
  gitDir: string;
  /** The commit that is checked out; null where there is none, or only git could tell. */
  head: string | null;
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return null;
  }
}

function commitIn(text: string | undefined): string | null {
  return text !== undefined && /^[\da-f]{40}(?:[\da-f]{24})?$/.test(text) ? text : null;
}

function packed(common: string, name: string): string | undefined {
  const rows = readText(join(common, "packed-refs"))?.split("\n") ?? [];
  return rows.find((row) => row.endsWith(` ${name}`))?.split(" ")[0];
}

/** As git resolves it (gitrepository-layout): HEAD, a loose ref, a packed one. */
function headOf(root: string, gitDir: string): string | null {
  const head = readText(join(gitDir, "HEAD"))?.trim();
  const detached = commitIn(head);
  if (detached !== null) return detached;
  const name = head?.startsWith("ref: refs/") && !head.includes("..") ? head.slice("ref: ".length) : null;
  const common = commonGitDirectory(root);
  if (name === null || common === null) return null;
  return commitIn(readText(join(common, name))?.trim() ?? packed(common, name));
}

/** The working tree around a folder, found without a git process; null where there is none. */
export function findCheckout(folder: string): Checkout | null {
  let from: string;
  try {
    from = realpathSync(folder);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return null;
  }
  const root = findWorktree(from);
  const gitDir = root === null ? null : gitDirectory(root);
  if (root === null || gitDir === null) return null;
  return { root, gitDir, head: headOf(root, gitDir) };
}
