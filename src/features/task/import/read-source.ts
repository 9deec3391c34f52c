import { findSource, type Source } from "./find-source.ts";
import { ImportNotes } from "./readers/import-notes.ts";
import type { ReadTasks, SourceFile } from "./readers/source-task.ts";

type Reader = (file: SourceFile) => ReadTasks;

/** Loaded one by one: each brings a parser of its own. */
const READERS: Readonly<Record<Source, () => Promise<Reader>>> = {
  beads: async () => (await import("./readers/read-beads.ts")).readBeads,
  backlog: async () => (await import("./readers/read-backlog.ts")).readBacklog,
  github: async () => (await import("./readers/read-github.ts")).readGithub,
  csv: async () => (await import("./readers/read-csv.ts")).readCsv,
};

/** Reads all tasks of a source. @throws Refusal INPUT_INVALID, INPUT_TOO_LARGE; Fault FILE_FAILED */
export async function readSource(source: Source, path: string): Promise<ReadTasks[]> {
  const found = new ImportNotes();
  const files = findSource(source, path, found);
  const read = await READERS[source]();
  return [{ tasks: [], notes: found.notes }, ...files.map(read)];
}
