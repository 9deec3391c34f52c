import { lstatSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { Fault, Refusal } from "../../platform/errors/index.ts";
import { openRepository, type Repository } from "../../platform/git/index.ts";
import { type CommandContext, paintFor, printable } from "../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import { fallsOnDate, parseTimestamp } from "../../vocabulary/timestamp.ts";
import { appendLine, MAX_LINE_BYTES, RECORD_FOLDER } from "../record/index.ts";
import { adviseOn } from "./advise-on.ts";
import { cleanEntries } from "./clean-entries.ts";
import { dateOf, type Entry, type EntryOptions, entryOf, readEntries } from "./read-entries.ts";
import { SessionLinks } from "./session-links.ts";

export interface AddOptions extends EntryOptions {
  stdin?: boolean;
  json?: boolean;
}

/** An entry and the file it goes to. */
interface Placed {
  file: string;
  date: string;
  entry: Entry;
}

const MAX_INPUT = 64 << 20;
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

function place(entry: Entry, topic: string | undefined, asked: string | undefined, now: number): Placed {
  const date = dateOf(entry, asked, now);
  const file = `${RECORD_FOLDER}/${entry.agent}/${date}/mcp/${slugOf(topic ?? String(entry.tool))}.jsonl`;
  return { file, date, entry };
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

/** Appends evidence lines: everything is checked, and secrets are taken out, before the first is written. */
export async function addEvidence(
  words: readonly string[],
  options: AddOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const repository = await openRepository(context.cwd);
  const root = rootOf(repository);
  const now = context.clock.now();
  const defaults = { options, agent: options.agent ?? context.env.GROWTH_ENGINE_AGENT, now };
  const isPiped = options.stdin === true || words[0] === "-";
  const given = isPiped ? readEntries(await context.readInput(MAX_INPUT), defaults) : [entryOf(defaults)];
  const { entries, topic, taken } = await cleanEntries(given, options.topic);
  refuseTooLong(entries);
  const placed = entries.map((entry) => place(entry, topic, options.date, now));
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
  const paint = paintFor(context.colour);
  for (const said of taken) context.err(`${paint("yellow", "redacted")} ${printable(said)}\n`);
  for (const said of advice) context.err(`${paint("yellow", "note")} ${printable(said)}\n`);
  const numbers = lineNumbers(root, written);
  const answer = written.map(({ file, entry }, index) => ({ file, line: numbers[index] ?? null, entry }));
  if (options.json) context.out(`${JSON.stringify({ written: answer, redacted: taken }, null, 2)}\n`);
  else
    for (const { file, line } of answer)
      context.out(`${printable(file)}${line === null ? "" : `:${line}`}\n`);
  return EXIT.ok;
}
