import { type Dirent, lstatSync, readdirSync, type Stats } from "node:fs";
import { join } from "node:path";
import { Fault, messageOf, systemCode } from "../../../platform/errors/index.ts";
import { parseRecordPath, RECORD_FOLDER, type RecordPath } from "../../record/index.ts";

/** A record file on disk. */
export interface DiskFile {
  record: RecordPath;
  size: number;
  /** Changes whenever the file does: no program can set a change time back. */
  stamp: string;
}

/** What lies below `artifacts/`. */
export interface RecordFiles {
  files: DiskFile[];
  /** Where a link, or something that is no file, stands in the place of a record. */
  ledAway: string[];
}

const ABSENT = new Set(["ENOENT", "ENOTDIR"]);
/** `artifacts/<agent>/<date>/mcp/…`: records lie no deeper than folders of topics do. */
const DEEPEST = 12;
const EXAMPLE = [RECORD_FOLDER, "agent", "2000-01-01", "mcp", "tool.jsonl"];
const MAX_PATH = 1_024;

/** What the file system says of a file, in one line. */
export function stampOf({ ino, size, mtimeMs, ctimeMs }: Stats): string {
  return `${ino} ${size} ${mtimeMs} ${ctimeMs}`;
}

function isOnTheWay(path: string): boolean {
  const depth = path.split("/").length;
  return depth < DEEPEST && parseRecordPath([path, ...EXAMPLE.slice(depth)].join("/")) !== null;
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    if (ABSENT.has(systemCode(cause) ?? "")) return [];
    throw new Fault("FILE_FAILED", `${folder} could not be read: ${messageOf(cause)}`, { cause });
  }
}

function visit(root: string, folder: string, found: RecordFiles): void {
  for (const entry of entriesOf(join(root, folder))) {
    const path = `${folder}/${entry.name}`;
    const record = path.length <= MAX_PATH ? parseRecordPath(path) : null;
    if (entry.isDirectory()) {
      if (isOnTheWay(path)) visit(root, path, found);
    } else if (record?.kind === "receipt") {
      // Receipts come from the control plane: it takes none back.
    } else if (record !== null && entry.isFile()) {
      const status = lstatSync(join(root, path), { throwIfNoEntry: false });
      if (status?.isFile()) found.files.push({ record, size: status.size, stamp: stampOf(status) });
    } else if (record !== null || (entry.isSymbolicLink() && isOnTheWay(path))) found.ledAway.push(path);
  }
}

/** The record files of a working tree, git-ignored ones too, in path order, never through a link. */
export function listRecordFiles(root: string): RecordFiles {
  const found: RecordFiles = { files: [], ledAway: [] };
  const top = lstatSync(join(root, RECORD_FOLDER), { throwIfNoEntry: false });
  if (top?.isSymbolicLink()) found.ledAway.push(RECORD_FOLDER);
  else if (top?.isDirectory()) visit(root, RECORD_FOLDER, found);
  found.files.sort((a, b) => (a.record.path < b.record.path ? -1 : 1));
  return found;
}
