import { utcTimestamp } from "../../platform/clock/index.ts";
import { isRefusal, Refusal } from "../../platform/errors/index.ts";
import { openRepository, type Repository } from "../../platform/git/index.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";
import { formatDuration, parseDuration } from "../../vocabulary/duration.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import {
  type CommittedFile,
  type LeftFile,
  type MonthToArchive,
  partFiles,
  planArchive,
  readMonth,
  removeFiles,
  type WrittenArchive,
  writeMonth,
} from "../record/index.ts";
import { findIgnored } from "./find-ignored.ts";
import { lockRecords, recordsRoot } from "./lock-records.ts";
import { type ArchivedReport, renderArchived } from "./render-archived.ts";

export interface ArchiveOptions {
  olderThan: string;
  dryRun?: boolean;
  json?: boolean;
}

const DAY_MS = 86_400_000;

/** The first date that stays, `YYYY-MM-DD` in UTC: the same for everybody at one instant. */
function firstToStay(olderThan: string, now: number): string {
  const age = parseDuration(olderThan);
  // A folder's date is its writer's: only after a day it is over everywhere.
  if (age !== null && age >= DAY_MS && age <= now) return utcTimestamp(now - age).slice(0, 10);
  throw new Refusal("USAGE", `--older-than "${olderThan}" is no duration of a day or more`, {
    hint: "write it like 90d",
  });
}

/** Every archive is read before the first is written, so that a broken one stops everything. */
async function readMonths(
  repository: Repository,
  months: ReadonlyMap<string, readonly CommittedFile[]>,
  left: LeftFile[],
): Promise<MonthToArchive[]> {
  const read: MonthToArchive[] = [];
  for (const [month, files] of months) {
    const parted = await partFiles(repository, files);
    left.push(...parted.left);
    if (parted.same.length > 0) read.push(await readMonth(repository, month, parted.same));
  }
  return read;
}

/** Null, with the reason noted, for an archive that no guard would read. */
async function tryWrite(
  root: string,
  month: MonthToArchive,
  left: LeftFile[],
): Promise<WrittenArchive | null> {
  try {
    return await writeMonth(root, month);
  } catch (error) {
    if (!isRefusal(error) || error.code !== "INPUT_TOO_LARGE") throw error;
    left.push(...month.moving.map(({ path }) => ({ path, reason: `would not fit: ${error.message}` })));
    return null;
  }
}

async function archive(
  repository: Repository,
  root: string,
  before: string,
  isDryRun: boolean,
): Promise<Omit<ArchivedReport, "age">> {
  const { months, left } = await planArchive(repository, before);
  const archives: ArchivedReport["archives"] = [];
  for (const month of await readMonths(repository, months, left)) {
    const { archive: path, moving, sums, unpacked } = month;
    const written = isDryRun ? null : await tryWrite(root, month, left);
    if (!isDryRun && written === null) continue;
    const removal = isDryRun ? { removed: 0, left: [] } : await removeFiles(repository, root, moving);
    left.push(...removal.left);
    archives.push({
      archive: path,
      files: sums.size,
      moved: isDryRun ? moving.length : removal.removed,
      unpacked,
      bytes: written?.bytes ?? null,
      sha256: written?.sha256 ?? null,
    });
  }
  const ignored = await findIgnored(
    repository,
    archives.map(({ archive: path }) => path),
  );
  return { before, dryRun: isDryRun, archives, left, ignored: [...ignored.values()] };
}

/**
 * Moves the record files of old folders into one archive for each month. What is deleted was committed, is in an
 * archive that was read back, and is the same on disk at that moment; so an interruption loses nothing, and another
 * run goes on.
 */
export async function archiveRecords(options: ArchiveOptions, context: CommandContext): Promise<ExitCode> {
  const before = firstToStay(options.olderThan, context.clock.now());
  const age = formatDuration(parseDuration(options.olderThan) ?? 0);
  const repository = await openRepository(context.cwd);
  const root = recordsRoot(repository);
  const isDryRun = options.dryRun === true;
  const run = () => archive(repository, root, before, isDryRun);
  const done = isDryRun ? await run() : await lockRecords(repository, run);
  const report = { ...done, age };
  context.out(options.json ? `${JSON.stringify(report, null, 2)}\n` : renderArchived(report, context));
  return EXIT.ok;
}
