import type { Repository } from "./repository.ts";
import { splitZero } from "./run-git.ts";
import type { SearchPatterns } from "./tree.ts";

/**
 * `git grep` over a commit, the index or the working tree: several threads in C, binary files included.
 * Patterns go in by standard input, since bytes that are not UTF-8 cannot stand in an argument list.
 * @param where the arguments that choose what is searched: `["--untracked"]`, `["--cached"]` or `[<commit>]`
 */
export async function searchTree(
  repository: Repository,
  where: readonly string[],
  { fixed = [], regex = [], pathspecs = [] }: SearchPatterns,
): Promise<string[]> {
  const hits = new Set<string>();
  const searches: Promise<void>[] = [];
  const commit = where.find((word) => !word.startsWith("-"));
  for (const [flag, patterns] of [
    ["-F", fixed],
    ["-E", regex],
  ] as const) {
    if (patterns.length === 0) continue;
    const input = Buffer.concat(patterns.flatMap((pattern) => [Buffer.from(pattern), Buffer.from("\n")]));
    const options = where.filter((word) => word.startsWith("-"));
    const args = [
      "--no-literal-pathspecs",
      "grep",
      ...options,
      "-l",
      "-z",
      "-a",
      "--full-name",
      "--no-textconv",
      flag,
      "-f",
      "-",
    ];
    if (commit !== undefined) args.push(commit);
    args.push("--", ...(pathspecs.length > 0 ? pathspecs : [":/"]));
    const search = repository.git(args, { input, accept: [0, 1] }).then(({ stdout }) => {
      const prefix = commit === undefined ? 0 : commit.length + 1;
      for (const path of splitZero(stdout)) hits.add(path.slice(prefix));
    });
    searches.push(search);
  }
  await Promise.all(searches);
  return [...hits].sort();
}
