import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gitDirectory } from "../../../platform/git/index.ts";
import { parseRecordPath } from "../../record/index.ts";
import { type DiskFile, stampOf } from "./list-record-files.ts";

/** Evidence file → what it and the receipts beside it looked like when each of its lines had a receipt. */
export type Marks = Record<string, string>;

function markFile(root: string): string | null {
  const folder = gitDirectory(root);
  return folder && join(folder, "growth-engine", "receipts.json");
}

/** What is noted of a checkout. It saves reading: without it all files of the last weeks are read again. */
export function readMarks(root: string): Marks {
  const file = markFile(root);
  try {
    const marks: unknown = file === null ? null : JSON.parse(readFileSync(file, "utf8"));
    return typeof marks === "object" && marks !== null ? (marks as Marks) : {};
  } catch {
    return {};
  }
}

/** Notes it, in the git directory. */
export function writeMarks(root: string, marks: Marks): void {
  const file = markFile(root);
  if (file === null) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(marks));
}

/** `artifacts/<agent>/<day>` of an evidence file. */
export function dayFolder({ record }: DiskFile): string {
  return record.path.split("/").slice(0, 3).join("/");
}

/** The receipts files of an agent's day, from the top of the repository. */
export function receiptsIn(root: string, folder: string): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ name }) => `${folder}/${name}`);
  return paths.filter((path) => parseRecordPath(path)?.kind === "receipt").sort();
}

/** What an evidence file and the receipts beside it look like now. */
export function markOf(root: string, file: DiskFile): string {
  const beside = receiptsIn(root, dayFolder(file)).map((path) => stampOf(statSync(join(root, path))));
  return [file.stamp, ...beside].join("|");
}
