import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
} from "node:fs";
import { basename, join } from "node:path";
import { Fault, messageOf, Refusal, systemCode } from "../../../platform/errors/index.ts";
import type { ImportNotes } from "./readers/import-notes.ts";
import type { SourceFile } from "./readers/source-task.ts";

/** What can be imported. */
export const SOURCES = ["beads", "backlog", "github", "csv"] as const;
export type Source = (typeof SOURCES)[number];

const MAX_FILE_BYTES = 256 << 20;
const MAX_TASK_FILE_BYTES = 1 << 20;
const MAX_FILES = 50_000;

/** Where a folder keeps its tasks, for whoever names the folder: nearest first. */
const FILES_OF: Readonly<Record<Exclude<Source, "backlog">, readonly string[]>> = {
  beads: ["issues.jsonl", "beads.jsonl", ".beads/issues.jsonl", ".beads/beads.jsonl"],
  github: [],
  csv: [],
};
const BACKLOGS = ["backlog", ".backlog", "."];
/** Folders of Backlog.md whose files are tasks. */
const TASK_FOLDERS = ["tasks", "completed"];
const OTHER_FOLDERS = ["drafts", "archive/tasks"];

const isFolder = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

function failed(path: string, cause: unknown): never {
  if (systemCode(cause) === "ENOENT")
    throw new Refusal("INPUT_INVALID", `${path} does not exist`, {
      hint: "name a file or a folder that does",
    });
  if (systemCode(cause) === undefined) throw cause;
  throw new Fault("FILE_FAILED", `${path} could not be read: ${messageOf(cause)}`, { cause });
}

/** A pipe or device would never end, and a link inside a folder may lead anywhere. */
function readOne(path: string, max: number, follow: boolean): Buffer | "no file" | "too large" {
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | (follow ? 0 : constants.O_NOFOLLOW);
  let file: number;
  try {
    file = openSync(path, flags);
  } catch (cause) {
    if (systemCode(cause) === "ELOOP") return "no file";
    return failed(path, cause);
  }
  try {
    const found = fstatSync(file);
    if (!found.isFile()) return "no file";
    return found.size > max ? "too large" : readFileSync(file);
  } catch (cause) {
    return failed(path, cause);
  } finally {
    closeSync(file);
  }
}

/** The file that the user named, whole. @throws Refusal INPUT_INVALID, INPUT_TOO_LARGE */
function readNamed(path: string): SourceFile {
  const content = readOne(path, MAX_FILE_BYTES, true);
  if (content === "too large")
    throw new Refusal("INPUT_TOO_LARGE", `${path} is over 256 MiB`, { hint: "import it in parts" });
  if (content === "no file")
    throw new Refusal("INPUT_INVALID", `${path} is no file`, { hint: "name a file or a folder" });
  return { name: path, content };
}

function listMarkdown(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => /\.md$/i.test(name) && !/^readme\.md$/i.test(name));
    return names.sort(new Intl.Collator("en", { numeric: true }).compare).map((name) => join(folder, name));
  } catch (cause) {
    return failed(folder, cause);
  }
}

function readMarkdown(paths: readonly string[], notes: ImportNotes): SourceFile[] {
  if (paths.length > MAX_FILES)
    throw new Refusal("INPUT_TOO_LARGE", `over ${MAX_FILES} task files`, { hint: "import them in parts" });
  return paths.flatMap((name) => {
    const content = readOne(name, MAX_TASK_FILE_BYTES, false);
    if (typeof content !== "string") return [{ name, content }];
    notes.leftOut(
      { file: name, line: 1 },
      content === "no file" ? "a link or no regular file" : "over 1 MiB",
    );
    return [];
  });
}

/** `backlog/tasks`, or the folder that holds it, or whatever folder of task files was named. */
function readBacklogFolder(folder: string, notes: ImportNotes): SourceFile[] {
  const top = BACKLOGS.map((name) => join(folder, name)).find((each) => isFolder(join(each, "tasks")));
  if (top === undefined) return readMarkdown(listMarkdown(folder), notes);
  for (const name of OTHER_FOLDERS.map((each) => join(top, each)).filter(isFolder)) {
    for (const file of listMarkdown(name))
      notes.leftOut(
        { file, line: 1 },
        `in ${basename(top)}'s ${basename(name) === "tasks" ? "archive" : basename(name)}`,
      );
  }
  const folders = TASK_FOLDERS.map((name) => join(top, name)).filter(isFolder);
  return readMarkdown(folders.flatMap(listMarkdown), notes);
}

/**
 * The files of a source at a path that the user named.
 * @throws Refusal INPUT_INVALID, INPUT_TOO_LARGE; Fault FILE_FAILED
 */
export function findSource(source: Source, path: string, notes: ImportNotes): SourceFile[] {
  // The user may name a link; what lies in a folder may not be one.
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return [readNamed(path)];
  if (source === "backlog") return readBacklogFolder(path, notes);
  const file = FILES_OF[source]
    .map((name) => join(path, name))
    .find((each) => lstatSync(each, { throwIfNoEntry: false }));
  if (file !== undefined) return [readNamed(file)];
  throw new Refusal(
    "INPUT_INVALID",
    `${path} is a folder without ${source === "beads" ? ".beads/issues.jsonl" : "a file of its own"}`,
    {
      hint: `name the file: growth-engine task import --from ${source} <file>`,
    },
  );
}
