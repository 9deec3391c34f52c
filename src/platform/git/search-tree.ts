import { availableParallelism } from "node:os";
import { Fault } from "../errors/index.ts";
import type { Repository } from "./repository.ts";
import { REFETCH, splitZero } from "./run-git.ts";
import type { SearchPatterns } from "./tree.ts";

/** What the user's or the repository's git settings must not change about the answer. */
const STEADY = ["-l", "-z", "-a", "--full-name", "--no-textconv", "--no-color", "--no-recurse-submodules"];

/**
 * Each thread of git compiles all patterns anew, so more of them than processors only cost, and one processor is
 * left to this process, which works meanwhile; objects are unpacked under one lock, so there a second thread costs more
 * than it does.
 */
function threadsFor(where: readonly string[]): string {
  const isDisk = where.every((word) => word === "--untracked");
  return `--threads=${isDisk ? Math.min(Math.max(availableParallelism() - 1, 1), 8) : 1}`;
}

/** A pattern that stands for itself, in every dialect. */
const PLAIN = /^[\w@/ -]*$/;

/** Perl's expressions are tried one after the other; above this many the C library's single one is faster. */
const MANY_PATTERNS = 16;

function toBytes(pattern: string | Buffer): string {
  return Buffer.from(pattern).toString("latin1");
}

function toInput(lines: readonly string[]): Buffer {
  return Buffer.from(`${lines.join("\n")}\n`, "latin1");
}

type Asked = [flag: string, input: Buffer];

/**
 * The ways to ask git for regular expressions, fastest first. Perl's, compiled to machine code, like many lines of
 * which each begins with a certain byte; a git without them (Apple's) uses the C library, which is slow with many,
 * so that there all but plain texts become one.
 */
function askRegex(patterns: readonly string[]): [perl: Asked, posix: Asked] {
  const expressions = patterns.filter((pattern) => !PLAIN.test(pattern));
  const texts = patterns.filter((pattern) => PLAIN.test(pattern));
  const joined = expressions.length > 0 ? [expressions.join("|")] : [];
  return [
    ["-P", toInput(patterns)],
    ["-E", toInput([...joined, ...texts])],
  ];
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
 * @param where the arguments that choose what is searched: `[]`, `["--untracked"]`, `["--cached"]`, `[<commit>]`, or
 * the ids of several blobs, which are then the answer
 * @throws Fault when git could not read all of it: an unread file is never taken for a clean one
 */
export async function searchTree(
  repository: Repository,
  where: readonly string[],
  { fixed = [], regex = [], pathspecs = [] }: SearchPatterns,
): Promise<string[]> {
  const objects = where.filter((word) => !word.startsWith("-"));
  const options = where.filter((word) => word.startsWith("-"));
  const prefix = objects.length === 1 ? `${objects[0]}:` : "";
  const search = async (flag: string, input: Buffer): Promise<string[]> => {
    const args = [
      "--no-literal-pathspecs",
      "grep",
      ...options,
      ...STEADY,
      threadsFor(where),
      flag,
      "-f",
      "-",
    ];
    args.push(...objects, "--", ...(pathspecs.length > 0 ? pathspecs : [":/"]));
    const { stdout, stderr } = await repository.git(args, { input, accept: [0, 1] });
    refuseHalfAnswers(stderr);
    return splitZero(stdout).map((path) => (path.startsWith(prefix) ? path.slice(prefix.length) : path));
  };
  const searchRegex = async (): Promise<string[]> => {
    const [[perl, lines], [posix, joined]] = askRegex(regex.map(toBytes));
    if (regex.length > MANY_PATTERNS) return search(posix, joined);
    // Whatever hinders the first dialect, the second one's answer counts, and its complaint.
    return search(perl, lines).catch(() => search(posix, joined));
  };
  const [asBytes, asRegex] = await Promise.all([
    fixed.length > 0 ? search("-F", toInput(fixed.map(toBytes))) : [],
    regex.length > 0 ? searchRegex() : [],
  ]);
  return [...new Set([...asBytes, ...asRegex])].sort();
}
