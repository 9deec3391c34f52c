import { lstatSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { Fault, Refusal } from "../../platform/errors/index.ts";
import type { Repository } from "../../platform/git/index.ts";
import { fallsOnDate, parseTimestamp } from "../../vocabulary/timestamp.ts";
import { appendLine, MAX_LINE_BYTES, RECORD_FOLDER } from "../record/index.ts";
import { adviseOn } from "./advise-on.ts";
import { dateOf, type Entry } from "./read-entries.ts";
import { SessionLinks } from "./session-links.ts";

/** Where entries go. */
export interface AppendOptions {
  /** Name of the file; the tool of each entry where it is not given. */
  topic?: string | undefined;
  /** Date of the folder, `YYYY-MM-DD`; the local day of each entry where it is not given. */
  date?: string | undefined;
  /** Milliseconds since 1970. */
  now: number;
}

/** A line that was written. */
export interface WrittenLine {
  /** Path from the top of the repository, with `/`. */
  file: string;
  /** Counted from 1; null in a file too large to count. */
  line: number | null;
  entry: Record<string, unknown>;
}

/** What became of entries. */
export interface AppendedEvidence {
  written: WrittenLine[];
  /** Secrets that were taken out before anything was written, in sentences. */
  redacted: string[];
  /** What a writer should know: git ignores the file, no time zone puts the entry on its date, ... */
  advice: string[];
}

/** An entry and the file it goes to. */
interface Placed {
  file: string;
  date: string;
  entry: Entry;
}

/** In larger files the lines are not counted to say which one was written. */
const MAX_COUNTED = 16 << 20;
/** What `prev` and `seq` may add to an entry. */
const LINK_BYTES = 128;

function rootOf({ worktree }: Repository): string {
  if (worktree !== null) return worktree;
  throw new Fault("NOT_A_REPOSITORY", "this repository is bare: it has no working tree to write to", {
    hint: "run it in a checkout",
  });
}

/** A topic or tool as the name of a file. */
function slugOf(text: string): string {
  const slug = text
    .toLowerCase()
    .replace(/[^a-z0-9@._-]+/g, "-")
    .slice(0, 80)
    .replace(/^[^a-z0-9@]+|[^a-z0-9@]+$/g, "");
  return slug === "" ? "tool" : slug;
}

/** Where an entry's line goes, from the top of the repository. */
export function evidenceFile(entry: Entry, date: string, topic: string | undefined): string {
  return `${RECORD_FOLDER}/${entry.agent}/${date}/mcp/${slugOf(topic ?? String(entry.tool))}.jsonl`;
}

function place(entry: Entry, topic: string | undefined, asked: string | undefined, now: number): Placed {
  const date = dateOf(entry, asked, now);
  return { file: evidenceFile(entry, date, topic), date, entry };
}

function refuseTooLong(entries: readonly Entry[]): void {
  const most = MAX_LINE_BYTES - LINK_BYTES;
  if (entries.every((entry) => Buffer.byteLength(JSON.stringify(entry)) <= most)) return;
  throw new Refusal("INPUT_TOO_LARGE", "nothing was written: a line would be longer than 1 MiB", {
    hint: "record a reference to the content instead of the content",
  });
}

/** No reader would find what is written through a link. */
function refuseLinks(root: string, file: string): void {
  const folders = file.split("/").slice(0, -1);
  for (const [index] of folders.entries()) {
    const folder = folders.slice(0, index + 1).join("/");
    if (!lstatSync(join(root, folder), { throwIfNoEntry: false })?.isSymbolicLink()) continue;
    throw new Refusal("INPUT_INVALID", `${folder} is a link, and records are never written through links`, {
      hint: `rm ${folder}`,
    });
  }
}

function adviseOnDates(placed: readonly Placed[]): string[] {
  return placed.flatMap(({ date, entry }) => {
    const instant = parseTimestamp(String(entry.timestamp));
    if (instant === null || fallsOnDate(instant, date)) return [];
    return [`no time zone puts ${entry.timestamp} on ${date}: verify will warn of it`];
  });
}

/** Line number of each written line; null where the file is too large to count. */
function lineNumbers(root: string, written: readonly Placed[]): (number | null)[] {
  const files = new Map<string, Map<string, number> | null>();
  for (const { file } of written) {
    if (files.has(file)) continue;
    const path = join(root, file);
    const small = statSync(path).size <= MAX_COUNTED;
    const lines = small ? readFileSync(path, "utf8").split("\n") : [];
    files.set(file, small ? new Map(lines.map((line, index) => [line, index + 1])) : null);
  }
  return written.map(({ file, entry }) => files.get(file)?.get(JSON.stringify(entry)) ?? null);
}

/**
 * Appends whole entries (every required field and `agent` are there) as evidence lines: everything is checked, and
 * secrets are taken out, before the first is written.
 * @throws Refusal INPUT_INVALID, INPUT_TOO_LARGE; Fault NOT_A_REPOSITORY, FILE_FAILED
 */
export async function appendEvidence(
  repository: Repository,
  given: readonly Entry[],
  options: AppendOptions,
): Promise<AppendedEvidence> {
  const root = rootOf(repository);
  // The rules for secrets are most of what recording loads, and readers of evidence never need them.
  const { cleanEntries } = await import("./clean-entries.ts");
  const { entries, topic, taken } = await cleanEntries(given, options.topic);
  refuseTooLong(entries);
  const placed = entries.map((entry) => place(entry, topic, options.date, options.now));
  const files = [...new Set(placed.map(({ file }) => file))];
  for (const file of files) refuseLinks(root, file);
  const advice = [...adviseOnDates(placed), ...(await adviseOn(repository, root, files))];
  const links = new SessionLinks(root);
  const written: Placed[] = [];
  for (const each of placed) {
    const entry = await links.link(each.entry);
    appendLine(root, each.file, entry);
    written.push({ ...each, entry });
  }
  const numbers = lineNumbers(root, written);
  return {
    written: written.map(({ file, entry }, index) => ({ file, line: numbers[index] ?? null, entry })),
    redacted: taken,
    advice,
  };
}
