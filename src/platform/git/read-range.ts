import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Fault, Refusal } from "../errors/index.ts";
import type { Repository } from "./repository.ts";
import { REFETCH, splitZero } from "./run-git.ts";

export interface Commit {
  id: string;
  parents: string[];
  /** Committer time in milliseconds since 1970: the only "now" a guard knows. */
  time: number;
}

/** One path that two trees hold differently. */
export interface Change {
  path: string;
  /** Null where the side holds no regular file at the path. */
  oldBlob: string | null;
  newBlob: string | null;
}

/** What a guard judges: the commits that `head` adds to `tip`. */
export interface Range {
  /** The target's tip, from which rules are taken. */
  tip: string;
  /** Where the branch left the target: the diff starts here. */
  base: string;
  head: Commit;
  /** Commits of head that tip lacks, parents before children. */
  commits: Commit[];
  /** Differences between base and head, in path order. */
  changes: Change[];
}

/** With all branches: a shallow clone follows one, and the base may be on another. */
export const UNSHALLOW =
  "git fetch --unshallow origin '+refs/heads/*:refs/remotes/origin/*' (in GitHub Actions: fetch-depth: 0)";
const REGULAR = /^100/;
const NO_BLOB = /^0+$/;
const FULL_ID = /^([0-9a-f]{40}|[0-9a-f]{64})$/;

/** What a name stands for when the name is known and its object is not there; null otherwise. */
async function missingObject(repository: Repository, revision: string): Promise<string | null> {
  const asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", revision];
  const { status, stdout } = await repository.git(asked, { accept: [0, 1, 128] });
  const id = stdout.toString().trim();
  if (status !== 0 || !FULL_ID.test(id) || id === revision.toLowerCase()) return null;
  const found = await repository.git(["cat-file", "-e", id], { accept: [0, 1, 128] });
  return found.status === 0 ? null : id;
}

/** Is this the branch that is checked out, or `HEAD` itself, before its first commit? */
async function isUnborn(repository: Repository, revision: string): Promise<boolean> {
  const asked = ["symbolic-ref", "--quiet", "HEAD"];
  const branch = (await repository.git(asked, { accept: [0, 1, 128] })).stdout.toString().trim();
  if (branch === "" || !["HEAD", branch, branch.replace("refs/heads/", "")].includes(revision)) return false;
  const known = ["show-ref", "--verify", "--quiet", branch];
  return (await repository.git(known, { accept: [0, 1, 128] })).status !== 0;
}

/**
 * The full id of the commit that a revision names.
 * @throws Refusal REVISION_UNKNOWN, or Fault HISTORY_MISSING where a shallow clone does not hold the revision, or
 * where it names an object that is not there
 */
export async function resolveCommit(repository: Repository, revision: string): Promise<string> {
  const safe = revision !== "" && !revision.startsWith("-") && !/[\0\n]/.test(revision);
  if (safe) {
    const asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`];
    const { status, stdout } = await repository.git(asked, { accept: [0, 1, 128] });
    const id = stdout.toString().trim();
    if (status === 0 && FULL_ID.test(id)) return id;
  }
  // Asked also because it fails where git cannot read the repository at all, which is no mistake in the revision.
  const shallow = await isShallow(repository);
  if (safe && shallow) {
    throw new Fault("HISTORY_MISSING", `this shallow clone holds no commit that "${revision}" names`, {
      hint: FULL_ID.test(revision) ? UNSHALLOW : `${UNSHALLOW}; a branch is then origin/<branch>`,
    });
  }
  const missing = safe ? await missingObject(repository, revision) : null;
  if (missing !== null) {
    throw new Fault("HISTORY_MISSING", `"${revision}" is ${missing}, which is not in this clone`, {
      hint: REFETCH,
    });
  }
  if (safe && (await isUnborn(repository, revision))) {
    throw new Refusal("REVISION_UNKNOWN", `"${revision}" is a branch without commits`, {
      hint: "git add --all && git commit",
    });
  }
  throw new Refusal("REVISION_UNKNOWN", `"${revision}" names no commit of this repository`, {
    hint: "git rev-parse <revision>; on a fresh clone, git fetch origin <branch> first, and name it origin/<branch>",
  });
}

export async function isShallow(repository: Repository): Promise<boolean> {
  return (await repository.git(["rev-parse", "--is-shallow-repository"])).stdout.toString().trim() === "true";
}

/** The commits at which a shallow clone is cut; none in a whole one. */
export async function shallowCommits(repository: Repository): Promise<Set<string>> {
  const path = (await repository.git(["rev-parse", "--git-path", "shallow"])).stdout.toString().trim();
  const text = await readFile(resolve(repository.folder, path), "utf8").catch(() => "");
  return new Set(text.split("\n").filter(Boolean));
}

async function findMergeBase(repository: Repository, tip: string, head: string): Promise<string> {
  const { status, stdout } = await repository.git(["merge-base", tip, head], { accept: [0, 1] });
  if (status === 0) return stdout.toString().trim();
  if (await isShallow(repository)) {
    throw new Fault("HISTORY_MISSING", "this shallow clone does not reach back to where base and head part", {
      hint: UNSHALLOW,
    });
  }
  throw new Fault("HISTORY_MISSING", `${tip.slice(0, 7)} and ${head.slice(0, 7)} have no common history`, {
    hint: "name a base that the branch started from: --base <revision>",
  });
}

/** A line of `git rev-list --timestamp --parents`. */
function parseCommit(line: string): Commit {
  const [seconds, id = "", ...parents] = line.split(" ");
  return { id, parents, time: Number(seconds) * 1_000 };
}

/** Commits that a walk from these revisions meets, parents before children. */
export async function listCommits(repository: Repository, revisions: readonly string[]): Promise<Commit[]> {
  const asked = ["rev-list", "--topo-order", "--reverse", "--timestamp", "--parents", ...revisions];
  return (await repository.git(asked)).stdout.toString().split("\n").filter(Boolean).map(parseCommit);
}

/** Reads `--raw -z` records from `from` on until the end or a word that is no record. */
export function parseRawChanges(words: readonly string[], from = 0): { changes: Change[]; next: number } {
  const changes: Change[] = [];
  let at = from;
  for (; words[at]?.startsWith(":"); at += 2) {
    const [oldMode = "", newMode = "", oldBlob = "", newBlob = ""] = (words[at] ?? "").slice(1).split(" ");
    const blobOf = (mode: string, blob: string) => (REGULAR.test(mode) && !NO_BLOB.test(blob) ? blob : null);
    changes.push({
      path: words[at + 1] ?? "",
      oldBlob: blobOf(oldMode, oldBlob),
      newBlob: blobOf(newMode, newBlob),
    });
  }
  return { changes, next: at };
}

const RAW = ["-r", "-z", "--raw", "--no-abbrev", "--no-renames", "--no-ext-diff"];

/** Paths that two commits hold differently, below `folder` when given. */
export async function listChanges(
  repository: Repository,
  from: string,
  to: string,
  folder?: string,
): Promise<Change[]> {
  const where = folder === undefined ? [] : ["--", folder];
  const { stdout } = await repository.git(["diff-tree", ...RAW, from, to, ...where]);
  return parseRawChanges(splitZero(stdout)).changes;
}

/** Where history is cut on only one side, the commits beyond the cut could belong to either. */
async function refuseTruncated(repository: Repository, tip: string, head: string): Promise<void> {
  if (!(await isShallow(repository))) return;
  const shallow = await shallowCommits(repository);
  const between = (await repository.git(["rev-list", `${tip}...${head}`])).stdout.toString().split("\n");
  if (between.some((id) => shallow.has(id))) {
    throw new Fault("HISTORY_MISSING", "this shallow clone cuts through the range that is to be judged", {
      hint: UNSHALLOW,
    });
  }
}

/**
 * Reads what `head` adds to `tip`. Both are full commit ids.
 * @throws Fault HISTORY_MISSING when the clone does not hold all of it
 */
export async function readRange(repository: Repository, tip: string, head: string): Promise<Range> {
  const base = await findMergeBase(repository, tip, head);
  await refuseTruncated(repository, tip, head);
  const [commits, changes, [headCommit]] = await Promise.all([
    listCommits(repository, [head, `^${tip}`]),
    listChanges(repository, base, head),
    listCommits(repository, ["--max-count=1", head]),
  ]);
  if (!headCommit) throw new Fault("GIT_FAILED", `git log does not show ${head}`);
  return { tip, base, head: headCommit, commits, changes };
}

/** Record-level changes of each commit against each of its parents; nothing is simplified away. */
export interface CommitChanges {
  commit: Commit;
  parent: string;
  changes: Change[];
}

/** What each commit did below `folder`, once per parent. Root commits are left out: they have nothing to change. */
export async function readCommitChanges(
  repository: Repository,
  commits: readonly Commit[],
  folder: string,
): Promise<CommitChanges[]> {
  const pairs = commits.flatMap((commit) => commit.parents.map((parent) => ({ commit, parent })));
  return comparePairs(repository, pairs, folder);
}

/** The same for any pairs of commits, through one process; those without a difference are left out. */
export async function comparePairs<Known extends { id: string }>(
  repository: Repository,
  pairs: readonly { commit: Known; parent: string }[],
  folder: string,
): Promise<{ commit: Known; parent: string; changes: Change[] }[]> {
  if (pairs.length === 0) return [];
  const args = ["diff-tree", "--stdin", "--always", ...RAW, "--", folder];
  const input = pairs.map(({ commit, parent }) => `${commit.id} ${parent}\n`).join("");
  const words = splitZero((await repository.git(args, { input })).stdout);
  const found: { commit: Known; parent: string; changes: Change[] }[] = [];
  let at = 0;
  // git prints the commit of each pair, then its records; --always keeps the pairs without a difference.
  for (const pair of pairs) {
    if (!words[at]?.startsWith(pair.commit.id))
      throw new Fault("GIT_FAILED", "git diff-tree skipped a commit");
    const { changes, next } = parseRawChanges(words, at + 1);
    if (changes.length > 0) found.push({ ...pair, changes });
    at = next;
  }
  return found;
}
