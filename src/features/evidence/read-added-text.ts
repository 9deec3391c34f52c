import type { Commit, Repository } from "../../platform/git/index.ts";
import { RECORD_FOLDER } from "../record/index.ts";

/** Lines that a commit adds to a file below `artifacts/`, in the order of the patch. */
export interface AddedText {
  commit: string;
  path: string;
  lines: string[];
}

const NEWLINE = 10;

/**
 * What commits with one parent add below `artifacts/`, through one `git diff-tree`: of a long file only the new
 * lines pass through here. Attributes of the repository cannot hide a file.
 */
export async function readAddedText(
  repository: Repository,
  commits: readonly Commit[],
): Promise<AddedText[]> {
  const single = commits.filter(({ parents }) => parents.length === 1);
  if (single.length === 0) return [];
  const flags = ["-p", "-U0", "--text", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames"];
  const prefixes = ["--src-prefix=a/", "--dst-prefix=b/"];
  const args = ["diff-tree", "--stdin", "-r", ...flags, ...prefixes, "--", RECORD_FOLDER];
  const input = single.map(({ id }) => `${id}\n`).join("");
  return parsePatches((await repository.git(args, { input })).stdout);
}

/** By the counts of each hunk, so that no content is taken for a header. */
function parsePatches(patches: Buffer): AddedText[] {
  const found: AddedText[] = [];
  let commit = "";
  let current: AddedText | null = null;
  let removed = 0;
  let added = 0;
  for (let at = 0; at < patches.length; ) {
    const newline = patches.indexOf(NEWLINE, at);
    const end = newline < 0 ? patches.length : newline;
    const line = patches.toString("utf8", at, end);
    at = end + 1;
    if (removed > 0 && line.startsWith("-")) removed -= 1;
    else if (added > 0 && line.startsWith("+")) {
      added -= 1;
      current?.lines.push(line.slice(1));
    } else if (/^[0-9a-f]{40,64}$/.test(line)) commit = line;
    else if (line.startsWith("+++ ")) {
      current = { commit, path: line.slice("+++ b/".length), lines: [] };
      found.push(current);
    } else if (line.startsWith("@@ ")) {
      const [, less, more] = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line) ?? [];
      removed = Number(less ?? 1);
      added = Number(more ?? 1);
    }
  }
  return found;
}
