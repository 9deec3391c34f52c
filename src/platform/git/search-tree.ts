import { availableParallelism } from "node:os";
import { Fault } from "../errors/index.ts";
import type { Repository } from "./repository.ts";
import { REFETCH, splitZero } from "./run-git.ts";
import type { SearchPatterns } from "./tree.ts";

/** What the user's or the repository's git settings must not change about the answer. */
const STEADY = ["-l", "-z", "-a", "--full-name", "--no-textconv", "--no-color", "--no-recurse-submodules"];

/** Each thread of git compiles all patterns anew, so more of them than processors only cost. */
const THREADS = `--threads=${Math.min(availableParallelism(), 8)}`;

function joinLines(patterns: readonly (string | Buffer)[]): Buffer {
  return Buffer.concat(patterns.flatMap((pattern) => [Buffer.from(pattern), Buffer.from("\n")]));
}

/** git answers 0 or 1 although it could not read a file, and says so only on stderr. */
function refuseHalfAnswers(stderr: string): void {
  const said = stderr.split("\n").find((line) => /^(error|fatal):/.test(line));
  if (said === undefined) return;
  if (/unable to read|bad object|missing/i.test(said)) {
    throw new Fault("HISTORY_MISSING", `this clone lacks objects that git grep needs: ${said}`, {
      hint: REFETCH,
    });
  }
  throw new Fault("FILE_FAILED", `git grep could not read a file: ${said}`, {
    hint: "make the file readable, or remove it",
  });
}

/**
 * `git grep` over a commit, the index or the working tree: several threads in C, binary files included.
 * Patterns go in by standard input, since bytes that are not UTF-8 cannot stand in an argument list.
 * @param where the arguments that choose what is searched: `[]`, `["--untracked"]`, `["--cached"]` or `[<commit>]`
 * @throws Fault when git could not read all of it: an unread file is never taken for a clean one
 */
export async function searchTree(
  repository: Repository,
  where: readonly string[],
  { fixed = [], regex = [], pathspecs = [] }: SearchPatterns,
): Promise<string[]> {
  const commit = where.find((word) => !word.startsWith("-"));
  const options = where.filter((word) => word.startsWith("-"));
  const prefix = commit === undefined ? 0 : commit.length + 1;
  const search = async (flag: string, patterns: readonly (string | Buffer)[]) => {
    if (patterns.length === 0) return [];
    const args = ["--no-literal-pathspecs", "grep", ...options, ...STEADY, THREADS, flag, "-f", "-"];
    if (commit !== undefined) args.push(commit);
    args.push("--", ...(pathspecs.length > 0 ? pathspecs : [":/"]));
    const { stdout, stderr } = await repository.git(args, { input: joinLines(patterns), accept: [0, 1] });
    refuseHalfAnswers(stderr);
    return splitZero(stdout).map((path) => path.slice(prefix));
  };
  const [asBytes, asRegex] = await Promise.all([search("-F", fixed), search("-E", regex)]);
  return [...new Set([...asBytes, ...asRegex])].sort();
}
