import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Repository } from "../../platform/git/index.ts";
import { findIgnored } from "./find-ignored.ts";

const ATTRIBUTES = ["artifacts/**/*.jsonl", "artifacts/**/*.ndjson"].map(
  (pattern) => `  ${pattern} merge=union linguist-generated=true`,
);

async function isMerged(repository: Repository, path: string): Promise<boolean> {
  const args = ["--no-literal-pathspecs", "check-attr", "-z", "merge", "--", path];
  return (await repository.git(args)).stdout.toString().includes("\0union\0");
}

/**
 * What a writer should know of the files it is about to write: whether git will carry them, and, said once when a
 * file is new, whether git will merge them.
 */
export async function adviseOn(
  repository: Repository,
  root: string,
  paths: readonly string[],
): Promise<string[]> {
  const ignored = await findIgnored(repository, paths);
  const advice = [...ignored].map(
    ([path, rule]) =>
      `git ignores ${path} (${rule}), so no guard will see it: growth-engine init lets git track records; or git add -f the file`,
  );
  const fresh = paths.find((path) => !existsSync(join(root, path)));
  if (fresh !== undefined && !(await isMerged(repository, fresh))) {
    advice.push(
      [
        "branches that both record will conflict until .gitattributes holds these lines (growth-engine init adds them)",
        ...ATTRIBUTES,
      ].join("\n"),
    );
  }
  return advice;
}
