export { appendLine, appendLines } from "./append-line.ts";
export { type MonthToArchive, readMonth, writeMonth } from "./archive/archive-month.ts";
export {
  type ArchivedRecords,
  type ArchiveFilter,
  type ArchiveProblem,
  archivedAmong,
  archivedInCommit,
  archivedOnDisk,
} from "./archive/archived-records.ts";
export { partFiles } from "./archive/committed-files.ts";
export { nameArchives } from "./archive/name-archives.ts";
export { type OpenArchive, openArchive } from "./archive/open-archive.ts";
export { type ArchivePlan, type CommittedFile, type LeftFile, planArchive } from "./archive/plan-archive.ts";
export type { ArchivedFile } from "./archive/read-archived.ts";
export { removeFiles } from "./archive/remove-files.ts";
export { replaceArchived } from "./archive/replace-archived.ts";
export type { WrittenArchive } from "./archive/write-archive.ts";
export { comparePrefix, lineSum } from "./compare-lines.ts";
export { findRewrites, type Rewrite } from "./find-rewrites.ts";
export {
  JsonLines,
  type LineProblem,
  type LineVisitor,
  MAX_LINE_BYTES,
  readJsonLines,
} from "./json-lines.ts";
export { linesOf } from "./lines-of.ts";
export { mendRewrite, shellWord } from "./mend-rewrite.ts";
export { placeOf } from "./place.ts";
export { type AddedVisitor, type ReadFile, readAdded } from "./read-added.ts";
export { type Redaction, readRedactions } from "./read-redactions.ts";
export {
  ARCHIVE_FOLDER,
  archiveOf,
  isPathPart,
  parseRecordPath,
  RECORD_FOLDER,
  REDACTIONS_FILE,
  type RecordPath,
} from "./record-path.ts";
export { redactedSum } from "./redacted-sum.ts";
export { findLine, type LinePlace, replaceLine } from "./replace-line.ts";
export { fieldsOf, keptFields, tombstoneOf } from "./tombstone.ts";
