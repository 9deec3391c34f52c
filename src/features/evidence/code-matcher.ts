import type { Range } from "../../platform/git/index.ts";
import { matchPaths } from "../../platform/globs/index.ts";
import type { Config } from "../config/index.ts";
import { ARCHIVE_FOLDER, parseRecordPath, REDACTIONS_FILE } from "../record/index.ts";

/** Is this a file that records live in, whatever the globs of the config say? */
export function isRecord(path: string): boolean {
  return path === REDACTIONS_FILE || path.startsWith(`${ARCHIVE_FOLDER}/`) || parseRecordPath(path) !== null;
}

/** Tells code, whose change needs evidence, from the rest: `evidence.code` minus `evidence.nonCode`. */
export function codeMatcher(config: Config): (path: string) => boolean {
  const isCode = matchPaths(config.evidence.code);
  const isNonCode = matchPaths(config.evidence.nonCode);
  return (path) => isCode(path) && !isNonCode(path) && !isRecord(path);
}

/** Code files that a range added, changed or removed. */
export function changedCode(range: Range, config: Config): string[] {
  const isCode = codeMatcher(config);
  return range.changes.map(({ path }) => path).filter(isCode);
}
