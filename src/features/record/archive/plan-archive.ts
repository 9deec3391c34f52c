import {
  commitTree,
  isPlainPath,
  type Repository,
  splitZero,
  type TreeEntry,
} from "../../../platform/git/index.ts";
import { parseRecordPath, RECORD_FOLDER, type RecordPath } from "../record-path.ts";

/** A record file that the last commit holds as it stands. */
export interface CommittedFile extends RecordPath {
  blob: string;
}

/** An old file that stays where it is, and why, as a sentence part. */
export interface LeftFile {
  path: string;
  reason: string;
}

export interface ArchivePlan {
  /** `2026-01` → its files, both in order. */
  months: Map<string, CommittedFile[]>;
  left: LeftFile[];
}

const STATUS = [
  "status",
  "--porcelain=v2",
  "-z",
  "--no-renames",
  "--untracked-files=all",
  "--ignored=traditional",
];
/** Words before the path in a row of `git status --porcelain=v2`, by the row's kind (git-status(1)). */
const WORDS_BEFORE: Readonly<Record<string, number>> = { "1": 8, u: 10, "?": 1, "!": 1 };
/** Is gone from the working tree: what is left to do is to commit that. */
const GONE = "gone";

/** Why git would not give a file back as it stands, by path. */
async function readStatus(repository: Repository): Promise<Map<string, string>> {
  const { stdout } = await repository.git([...STATUS, "--", RECORD_FOLDER]);
  const states = new Map<string, string>();
  for (const row of splitZero(stdout)) {
    const words = row.split(" ");
    const [kind = "", change = ""] = words;
    const path = words.slice(WORDS_BEFORE[kind] ?? 0).join(" ");
    if (kind === "?") states.set(path, "was never committed");
    else if (kind === "!") states.set(path, "is ignored by git and was never committed");
    else states.set(path, kind === "1" && change.includes("D") ? GONE : "has changes that are not committed");
  }
  return states;
}

async function listCommitted(repository: Repository): Promise<readonly TreeEntry[]> {
  const asked = ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"];
  const { status, stdout } = await repository.git(asked, { accept: [0, 1, 128] });
  return status === 0 ? commitTree(repository, stdout.toString().trim(), RECORD_FOLDER).list() : [];
}

/**
 * Which record files of folders dated before a day may move into archives: those that are committed and as the last
 * commit holds them.
 * @param before `YYYY-MM-DD`
 */
export async function planArchive(repository: Repository, before: string): Promise<ArchivePlan> {
  const states = await readStatus(repository);
  const months: ArchivePlan["months"] = new Map();
  const left = new Map<string, string>();
  for (const [path, state] of states) {
    const file = parseRecordPath(path);
    if (file !== null && file.date < before && state !== GONE) left.set(path, state);
  }
  for (const { path, kind, blob } of await listCommitted(repository)) {
    const file = parseRecordPath(path);
    if (file === null || file.date >= before || states.has(path)) continue;
    if (kind !== "file" || blob === null) left.set(path, "is a link, or another repository");
    else if (!isPlainPath(path)) left.set(path, "has a name that is not UTF-8");
    else {
      const month = file.date.slice(0, 7);
      const files = months.get(month) ?? [];
      files.push({ ...file, blob });
      months.set(month, files);
    }
  }
  for (const files of months.values()) files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    months: new Map([...months].sort(([a], [b]) => (a < b ? -1 : 1))),
    left: [...left].map(([path, reason]) => ({ path, reason })).sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}
