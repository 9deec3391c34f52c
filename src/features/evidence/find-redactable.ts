import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Refusal } from "../../platform/errors/index.ts";
import { replaceFile } from "../../platform/files/index.ts";
import { commitTree, type Repository, readOne, workingTree } from "../../platform/git/index.ts";
import {
  archivedInCommit,
  archiveOf,
  comparePrefix,
  findLine,
  type LinePlace,
  linesOf,
  openArchive,
  type RecordPath,
  redactedSum,
  replaceArchived,
} from "../record/index.ts";

/** A line that may be redacted, and the way to put another in its place. */
export interface Redactable {
  content: Buffer;
  place: LinePlace;
  /** The file to commit: an archive where the record lies in one. */
  stored: string;
  /** Writes the file whole, beside its place first. */
  store(content: Buffer): Promise<void>;
}

/** A record file as it lies on disk, alone or in the archive of its month, and as the last commit holds it. */
interface Stored extends Omit<Redactable, "place"> {
  committed: Buffer | null;
}

/** The guards compare files up to this size line by line; in a larger one a redaction would be a rewrite. */
const MAX_FILE = 64 << 20;

async function readOnDisk(repository: Repository, path: string): Promise<Buffer | null> {
  for await (const [, found] of workingTree(repository).read([path], MAX_FILE)) {
    if ("content" in found) return found.content;
    if ("tooLarge" in found)
      throw new Refusal(
        "INPUT_TOO_LARGE",
        `${path} is larger than 64 MiB: no guard would see a redaction in it`,
        {
          hint: "take the secret out of the history instead",
        },
      );
  }
  return null;
}

async function fileOf(
  repository: Repository,
  root: string,
  head: string,
  path: string,
): Promise<Stored | null> {
  const content = await readOnDisk(repository, path);
  if (content === null) return null;
  const target = join(root, path);
  const check = () => {
    if (readFileSync(target).equals(content)) return;
    throw new Refusal("REFUSED", `${path} was written to meanwhile, and was left as it is`, {
      hint: "commit what was added, and run the same command again",
      exit: 1,
    });
  };
  const store = (bytes: Buffer) => replaceFile(target, (append) => append(bytes), check);
  const committed = await readOne(commitTree(repository, head, path), path);
  return { content, committed, stored: path, store };
}

async function archivedOf(
  repository: Repository,
  root: string,
  head: string,
  { path, date }: RecordPath,
): Promise<Stored | null> {
  const archive = archiveOf(date.slice(0, 7));
  const open = await openArchive(repository, archive);
  if (open === null || !open.sums.has(path)) return null;
  const asked = {
    isWanted: (file: RecordPath) => file.path === path && file.archive === archive,
    isMonthWanted: (month: string) => date.startsWith(month),
  };
  let committed: Buffer | null = null;
  for await (const found of (await archivedInCommit(repository, head)).read(asked)) committed = found.content;
  for await (const { file, content } of open.files()) {
    if (file.path !== path) continue;
    const store = async (bytes: Buffer) =>
      void (await replaceArchived(root, archive, open, { path, content: bytes }));
    return { content, committed, stored: archive, store };
  }
  return null;
}

/** Nothing but redactions may stand between what is committed and what lies on disk. */
function refuseDirty(
  path: string,
  { content, committed, stored }: Stored,
  redactions: ReadonlySet<string>,
): void {
  if (committed === null) {
    const hint =
      stored === path
        ? "take the line out by hand: what was never committed may be changed"
        : `git add -f -- ${stored}, commit what was archived, and redact then`;
    throw new Refusal("REFUSED", `${path} was never committed${stored === path ? "" : ` in ${stored}`}`, {
      hint,
      exit: 1,
    });
  }
  const [before, now] = [linesOf(committed), linesOf(content)];
  if (before.length === now.length && comparePrefix(before, now, redactions).departure === null) return;
  throw new Refusal("REFUSED", `${path} has changes that are not committed`, {
    hint: `git diff -- ${stored}; commit them, or git stash, and redact then`,
    exit: 1,
  });
}

/**
 * Finds a line of a record file, on disk or in the archive of its month.
 * @param redactions sums of the lines that are redacted already
 * @throws Refusal where there is no such line, where it is a tombstone, or where the file has other changes
 */
export async function findRedactable(
  repository: Repository,
  root: string,
  head: string,
  file: RecordPath,
  line: number,
  redactions: ReadonlySet<string>,
): Promise<Redactable> {
  const { path } = file;
  const found =
    (await fileOf(repository, root, head, path)) ?? (await archivedOf(repository, root, head, file));
  if (found === null) {
    throw new Refusal(
      "INPUT_INVALID",
      `${path} lies neither on disk nor in ${archiveOf(file.date.slice(0, 7))}`,
      {
        hint: "growth-engine evidence list --json names files and lines",
      },
    );
  }
  const place = findLine(found.content, line);
  const text = place === null ? "" : found.content.toString("latin1", place.from, place.to);
  if (place === null || text.trim() === "") {
    throw new Refusal(
      "INPUT_INVALID",
      `${path} has no line ${line}${place === null ? "" : ": it is blank"}`,
      {
        hint: "growth-engine evidence list --json names files and lines",
      },
    );
  }
  if (redactedSum(text) !== null) {
    throw new Refusal("REFUSED", `line ${line} of ${path} is redacted already`, {
      hint: "artifacts/redactions.jsonl says why, and who approved it",
      exit: 1,
    });
  }
  refuseDirty(path, found, redactions);
  const { content, stored, store } = found;
  return { content, place, stored, store };
}
