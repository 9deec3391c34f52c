import { Refusal } from "../../platform/errors/index.ts";
import {
  commitTree,
  openRepository,
  type Repository,
  resolveCommit,
  workingTree,
} from "../../platform/git/index.ts";
import { type CommandContext, printable } from "../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import { isCalendarDate } from "../../vocabulary/timestamp.ts";
import {
  archivedInCommit,
  archivedOnDisk,
  JsonLines,
  REDACTIONS_FILE,
  type RecordPath,
  readRedactions,
} from "../record/index.ts";
import { checkLine } from "./check-line.ts";
import { committedEvidence } from "./committed-evidence.ts";
import type { EvidenceSource } from "./evidence-source.ts";
import { withArchives } from "./with-archives.ts";
import { workingEvidence } from "./working-evidence.ts";

/** Which lines are asked for. */
export interface EvidenceQuery {
  /** Whose folder. */
  agent?: string | undefined;
  task?: string | undefined;
  tool?: string | undefined;
  /** First and last date of folders, `YYYY-MM-DD`. */
  since?: string | undefined;
  until?: string | undefined;
  /** A revision instead of the working tree. */
  head?: string | undefined;
  /** Only so many, the newest; a whole number, as text. */
  limit?: string | undefined;
}

export interface ListOptions extends EvidenceQuery {
  json?: boolean;
}

/** A valid line and where it stands. */
export interface Listed {
  file: RecordPath;
  line: number;
  instant: number;
  entry: Record<string, unknown>;
}

const BATCH = 500;
const HEADER = ["time", "agent", "tool", "doc_ref", "purpose"];

function checkDate(option: string, date: string | undefined): void {
  if (date === undefined || isCalendarDate(date)) return;
  throw new Refusal("USAGE", `${option} "${date}" is no date`, { hint: "write it like 2026-01-31" });
}

function limitOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new Refusal("USAGE", `--limit "${text}" is no number from 1 to 9999999`, { hint: "--limit 20" });
}

/** Dates are those of the folders: the days on the writers' walls. */
function isListed({ agent, date }: RecordPath, { since, until, ...asked }: EvidenceQuery): boolean {
  if (asked.agent !== undefined && asked.agent !== agent) return false;
  return (since === undefined || date >= since) && (until === undefined || date <= until);
}

async function readListed(
  source: EvidenceSource,
  options: EvidenceQuery,
  redactions: ReadonlySet<string>,
  visit: (listed: Listed) => void,
): Promise<LeftOut> {
  let unread = 0;
  let redacted = 0;
  for await (const [file, chunks] of source.read((candidate) => isListed(candidate, options))) {
    const lines = new JsonLines({
      object(entry, line) {
        const { faults, instant } = checkLine(entry);
        if (typeof entry.redacted === "string" && redactions.has(entry.redacted)) redacted += 1;
        else if (faults.length > 0) unread += 1;
        else if (options.tool !== undefined && entry.tool !== options.tool) return;
        else if (options.task !== undefined && entry.task !== options.task) return;
        else visit({ file, line, instant, entry });
      },
      problem() {
        unread += 1;
      },
    });
    for await (const chunk of chunks) lines.write(chunk);
    lines.end();
  }
  return { unread: unread + source.findings.length, redacted };
}

/** Keeps the newest of any number of lines. */
class Newest {
  readonly #most: number;
  #kept: Listed[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  add(listed: Listed): void {
    this.#kept.push(listed);
    if (this.#kept.length >= this.#most * 2 + BATCH) this.take();
  }

  /** In time order. */
  take(): Listed[] {
    this.#kept = this.#kept.sort((a, b) => a.instant - b.instant).slice(-this.#most);
    return this.#kept;
  }
}

/** Writes lines as they come. The first batch sets the widths of the columns. */
class Printer {
  readonly #context: CommandContext;
  readonly #json: boolean;
  #batch: Listed[] = [];
  #widths: number[] | null = null;
  #count = 0;

  constructor(context: CommandContext, json: boolean) {
    this.#context = context;
    this.#json = json;
  }

  add(listed: Listed): void {
    this.#batch.push(listed);
    if (this.#batch.length >= BATCH) this.#flush();
  }

  #flush(): void {
    if (this.#json) this.#printJson();
    else this.#printTable();
    this.#count += this.#batch.length;
    this.#batch = [];
  }

  #printJson(): void {
    const items = this.#batch.map(({ file, line, entry }) =>
      JSON.stringify({ file: file.path, archive: file.archive, line, entry }),
    );
    if (items.length > 0) this.#context.out(`${this.#count === 0 ? "[\n" : ",\n"}${items.join(",\n")}`);
  }

  #printTable(): void {
    const rows = this.#batch.map(({ file, entry: { timestamp, tool, doc_ref, purpose } }) =>
      [timestamp, file.agent, tool, doc_ref, purpose].map((cell) =>
        printable(String(cell)).replaceAll(/[\t\n]/g, " "),
      ),
    );
    const lines = this.#widths === null && rows.length > 0 ? [HEADER, ...rows] : rows;
    this.#widths ??= HEADER.map((_, column) =>
      lines.reduce((width, row) => Math.max(width, (row[column] ?? "").length), 0),
    );
    const widths = this.#widths;
    const text = lines.map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
    if (text.length > 0) this.#context.out(`${text.join("\n")}\n`);
  }

  end(): number {
    this.#flush();
    if (this.#json) this.#context.out(this.#count === 0 ? "[]\n" : "\n]\n");
    else if (this.#count === 0) this.#context.out("no evidence\n");
    return this.#count;
  }
}

/** What a list leaves out. */
export interface LeftOut {
  /** Lines and files with mistakes; `evidence verify` names them. */
  unread: number;
  /** Lines that were taken out, as the redactions say. */
  redacted: number;
}

function noteUnlisted(context: CommandContext, { unread, redacted }: LeftOut): void {
  const one = (number: number, single: string, several: string) => (number === 1 ? single : several);
  if (redacted > 0) {
    const what = one(redacted, "line was", "lines were");
    context.err(`note ${redacted} ${what} redacted, as ${REDACTIONS_FILE} says\n`);
  }
  if (unread > 0) {
    const what = one(unread, "line or file is", "lines or files are");
    context.err(`note ${unread} ${what} not listed because of mistakes: growth-engine evidence verify\n`);
  }
}

async function sourceOf(
  repository: Repository,
  commit: string | null,
  { since = "", until = "9999" }: EvidenceQuery,
): Promise<EvidenceSource> {
  const isMonthWanted = (month: string) => month >= since.slice(0, 7) && month <= until.slice(0, 7);
  return commit === null
    ? withArchives(
        workingEvidence(repository.worktree ?? repository.folder, []),
        archivedOnDisk(repository),
        {
          isMonthWanted,
        },
      )
    : withArchives(
        await committedEvidence(repository, commit, []),
        await archivedInCommit(repository, commit),
        { isMonthWanted },
      );
}

/**
 * Hands over valid lines one by one, those in archives first, in path order, or the newest in time order when they
 * are limited.
 * @throws Refusal USAGE, REVISION_UNKNOWN; Fault
 */
export async function readEvidence(
  repository: Repository,
  options: EvidenceQuery,
  visit: (listed: Listed) => void,
): Promise<LeftOut> {
  checkDate("--since", options.since);
  checkDate("--until", options.until);
  const limit = limitOf(options.limit);
  const commit =
    options.head === undefined && repository.worktree !== null
      ? null
      : await resolveCommit(repository, options.head ?? "HEAD");
  const source = await sourceOf(repository, commit, options);
  const newest = limit === null ? null : new Newest(limit);
  const tree = commit === null ? workingTree(repository) : commitTree(repository, commit, REDACTIONS_FILE);
  const redactions = new Set((await readRedactions(tree)).map(({ sha256 }) => sha256));
  const leftOut = await readListed(source, options, redactions, (listed) =>
    newest === null ? visit(listed) : newest.add(listed),
  );
  for (const listed of newest?.take() ?? []) visit(listed);
  return leftOut;
}

/** `growth-engine evidence list`. */
export async function listEvidence(options: ListOptions, context: CommandContext): Promise<ExitCode> {
  const printer = new Printer(context, options.json === true);
  const repository = await openRepository(context.cwd);
  const leftOut = await readEvidence(repository, options, (listed) => printer.add(listed));
  printer.end();
  noteUnlisted(context, leftOut);
  return EXIT.ok;
}
