import {
  type AppendedEvidence,
  appendEvidence,
  type CoverageQuery,
  checkLine,
  type EvidenceLine,
  type EvidenceQuery,
  entriesOf,
  type LeftOut,
  type LineFault,
  type MeasuredCoverage,
  readCoverage,
  readEvidence,
  verifyEvidenceFiles,
} from "../../features/evidence/index.ts";
import { systemClock } from "../../platform/clock/index.ts";
import { openRepository } from "../../platform/git/index.ts";
import type { GuardVerdict } from "../../vocabulary/finding.ts";

/** What was consulted. `request_id` and `timestamp` are filled in where they are left out; more fields are kept. */
export interface EvidenceEntry extends Partial<EvidenceLine> {
  tool: string;
  /** An address, or `repo:<path>`. */
  doc_ref: string;
  purpose: string;
}

/** Where entries go, and what fills those that leave it out. */
export interface AddQuery {
  /** Whose folder; needed where an entry has no `agent`. */
  agent?: string | undefined;
  /** Name of the file; the tool of each entry where it is not given. */
  topic?: string | undefined;
  /** Date of the folder, `YYYY-MM-DD`; the local day of each entry where it is not given. */
  date?: string | undefined;
}

/** Which lines are asked for. */
export interface ListQuery extends Omit<EvidenceQuery, "limit"> {
  /** Only so many, the newest. */
  limit?: number | undefined;
}

/** What is measured: the range that `head` adds to `base`, or the last `days` before `head`. */
export interface MeasureQuery extends Omit<CoverageQuery, "days"> {
  days?: number | undefined;
}

/** An evidence line and where it stands. */
export interface ListedEvidence {
  /** Path from the top of the repository, with `/`. */
  file: string;
  /** The archive that holds the file; absent for a file that lies in the tree. */
  archive?: string;
  /** Counted from 1. */
  line: number;
  entry: EvidenceLine;
}

/**
 * Appends evidence, as `growth-engine evidence add` does: every entry is checked and secrets are taken out before the
 * first line is written; each line is one atomic append, safe among other writers.
 *
 * @param folder any folder of a checkout
 * @throws Refusal INPUT_INVALID with all that is wrong, INPUT_TOO_LARGE; Fault NOT_A_REPOSITORY, FILE_FAILED
 */
export async function addEvidence(
  folder: string,
  entries: readonly EvidenceEntry[],
  query: AddQuery = {},
): Promise<AppendedEvidence> {
  const { agent, topic, date } = query;
  const now = systemClock.now();
  const whole = entriesOf(entries, { options: {}, agent, now });
  return appendEvidence(await openRepository(folder), whole, { topic, date, now });
}

/**
 * Checks evidence files, as `growth-engine evidence verify` does: all of them, or those below `paths`.
 *
 * @param folder any folder of a checkout, or of a bare repository
 * @param query `head`: a revision instead of the working tree; `paths`: as `folder` sees them
 * @throws Refusal REVISION_UNKNOWN, CONFIG_INVALID, INPUT_INVALID; Fault NOT_A_REPOSITORY, GIT_FAILED
 */
export async function verifyEvidence(
  folder: string,
  query: { head?: string | undefined; paths?: readonly string[] | undefined } = {},
): Promise<GuardVerdict> {
  return verifyEvidenceFiles(await openRepository(folder), query.head, query.paths ?? [], folder);
}

/**
 * Reads valid evidence lines in path order, or the newest in time order where `limit` is given.
 *
 * @param folder any folder of a checkout, or of a bare repository
 * @returns the lines, and how many lines and files are left out, because of mistakes (`verifyEvidence` names them) or redactions
 * @throws Refusal USAGE, REVISION_UNKNOWN; Fault NOT_A_REPOSITORY, GIT_FAILED
 */
export async function listEvidence(
  folder: string,
  query: ListQuery = {},
): Promise<{ lines: ListedEvidence[] } & LeftOut> {
  const lines: ListedEvidence[] = [];
  const asked = { ...query, limit: query.limit?.toString() };
  const leftOut = await readEvidence(await openRepository(folder), asked, ({ file, line, entry }) => {
    const { path, archive } = file;
    lines.push({ file: path, ...(archive && { archive }), line, entry: entry as EvidenceLine });
  });
  return { lines, ...leftOut };
}

/**
 * Measures which changed code files have evidence, by folder, agent and tool, over a range or the last days before a
 * commit.
 *
 * @param folder any folder of a checkout, or of a bare repository
 * @throws Refusal USAGE, REVISION_UNKNOWN, CONFIG_INVALID; Fault HISTORY_MISSING
 */
export async function measureCoverage(folder: string, query: MeasureQuery = {}): Promise<MeasuredCoverage> {
  return readCoverage(await openRepository(folder), { ...query, days: query.days?.toString() });
}

/**
 * Checks one object as an evidence line.
 *
 * @returns what is wrong with it; nothing for a line that holds
 */
export function checkEvidence(value: Readonly<Record<string, unknown>>): readonly LineFault[] {
  return checkLine(value).faults;
}
