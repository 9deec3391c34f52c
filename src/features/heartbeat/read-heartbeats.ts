import type { Tree, TreeEntry } from "../../platform/git/index.ts";
import { type AddedVisitor, type ArchivedRecords, JsonLines, type RecordPath } from "../record/index.ts";
import { parseHeartbeatPath } from "./heartbeat-path.ts";

/** Larger files are streamed one by one instead of being loaded through one git process. */
const MAX_LOADED = 16 << 20;

/** The heartbeat files among the entries of a tree; links are none. */
export function heartbeatFiles(entries: readonly TreeEntry[]): RecordPath[] {
  return entries.flatMap(({ path, kind }) => (kind === "file" ? (parseHeartbeatPath(path) ?? []) : []));
}

function linesFor(visitor: AddedVisitor, added: boolean): JsonLines {
  return new JsonLines({
    object: (value, line, text) => visitor.object(value, line, text, added),
    problem: (problem) => visitor.problem(problem, added),
  });
}

/** Reads the heartbeat files inside archives. */
export async function readArchivedHeartbeats(
  archived: ArchivedRecords,
  visitorFor: (file: RecordPath) => AddedVisitor,
): Promise<void> {
  for await (const { file, content } of archived.read({ isWanted: ({ kind }) => kind === "heartbeat" })) {
    const lines = linesFor(visitorFor(file), true);
    lines.write(content);
    lines.end();
  }
}

/** Reads files of a tree; every line counts as `added` or none does. */
export async function readHeartbeats(
  tree: Tree,
  files: readonly RecordPath[],
  added: boolean,
  visitorFor: (file: RecordPath) => AddedVisitor,
): Promise<void> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  for await (const [path, found] of tree.read([...byPath.keys()], MAX_LOADED)) {
    const file = byPath.get(path);
    if (file === undefined || "missing" in found) continue;
    const lines = linesFor(visitorFor(file), added);
    if ("content" in found) lines.write(found.content);
    else for await (const chunk of (await tree.stream(path)) ?? []) lines.write(chunk);
    lines.end();
  }
}
