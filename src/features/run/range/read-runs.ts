import { commitTree, type Range, type Repository } from "../../../platform/git/index.ts";
import { parseTimestamp } from "../../../vocabulary/timestamp.ts";
import {
  parseRecordPath,
  RECORD_FOLDER,
  type RecordPath,
  readAdded,
  readJsonLines,
} from "../../record/index.ts";
import { type FoundRun, RUN_RECORDER, readRecordedRun } from "../recorded-run.ts";

/** Runs in the order in which they ended. */
export function inOrder(runs: readonly FoundRun[]): FoundRun[] {
  return [...runs].sort(
    (a, b) => a.at - b.at || (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line),
  );
}

const textOr = (value: unknown) => (typeof value === "string" && value !== "" ? value : null);

/** The run that a line of an evidence file tells of; null when it tells of none, or not when. */
export function foundRun(value: Record<string, unknown>, file: RecordPath, line: number): FoundRun | null {
  const run = readRecordedRun(value);
  const at = run && typeof value.timestamp === "string" ? parseTimestamp(value.timestamp) : null;
  if (run === null || at === null) return null;
  const took = typeof value.duration_ms === "number" ? value.duration_ms : null;
  return {
    ...run,
    file: file.path,
    line,
    agent: file.agent,
    task: textOr(value.task),
    duration_ms: took,
    at,
  };
}

/** Runs that a range recorded, in the order in which they ended. */
export async function readNewRuns(repository: Repository, range: Range): Promise<FoundRun[]> {
  const runs: FoundRun[] = [];
  await readAdded(repository, range, "evidence", (file) => ({
    object(value, line, _text, added) {
      const run = added ? foundRun(value, file, line) : null;
      if (run) runs.push(run);
    },
    // What is wrong with a line is for the evidence guard to say.
    problem: () => undefined,
  }));
  return inOrder(runs);
}

/** Of older files the last runs are wanted, not all that ever ran. */
const MOST_FILES = 200;
const MAX_FILE_BYTES = 32 << 20;

/** Runs that stood at a commit, oldest first: of the newest files of our recorder, as far back as anybody asks. */
export async function readRunsAt(repository: Repository, commit: string): Promise<FoundRun[]> {
  const tree = commitTree(repository, commit, RECORD_FOLDER);
  const files = (await tree.list())
    .map(({ path }) => parseRecordPath(path))
    .filter((file) => file !== null)
    .filter(({ kind, path }) => kind === "evidence" && path.includes(`/mcp/${RUN_RECORDER}.`))
    .sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0))
    .slice(0, MOST_FILES);
  const byPath = new Map(files.map((file) => [file.path, file]));
  const runs: FoundRun[] = [];
  for await (const [path, found] of tree.read([...byPath.keys()], MAX_FILE_BYTES)) {
    const file = byPath.get(path);
    if (!file || !("content" in found)) continue;
    await readJsonLines([found.content], {
      object(value, line) {
        const run = foundRun(value, file, line);
        if (run) runs.push(run);
      },
      problem: () => undefined,
    });
  }
  return inOrder(runs);
}
