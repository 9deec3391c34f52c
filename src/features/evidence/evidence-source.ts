import type { Finding } from "../../vocabulary/finding.ts";
import { parseRecordPath, RECORD_FOLDER, type RecordPath } from "../record/index.ts";

/**
 * Evidence files of a commit or of the working tree, in path order, those in archives first. May be read more than
 * once. What lies in archives is known after the first reading.
 */
export interface EvidenceSource {
  /** What is wrong with files that were therefore not read. */
  readonly findings: readonly Finding[];
  readonly files: readonly RecordPath[];
  /** The folder in which any thread can read those of the files that lie in no archive; absent where none can. */
  readonly root?: string;
  /** Each wanted file with its content in chunks. A chunk holds only until the next is taken. */
  read(
    isWanted?: (file: RecordPath) => boolean,
  ): AsyncIterable<[file: RecordPath, chunks: AsyncIterable<Buffer> | Iterable<Buffer>]>;
}

const EXAMPLE = [RECORD_FOLDER, "agent", "2000-01-01", "mcp", "tool.jsonl"];

/** Is this an evidence file, or a folder that could hold one? */
export function couldHoldEvidence(path: string): boolean {
  const depth = path.split("/").length;
  return parseRecordPath([path, ...EXAMPLE.slice(depth)].join("/"))?.kind === "evidence";
}

/** A link, or another repository, where evidence belongs. */
export function ledAway(path: string, what: "link" | "submodule" | "other"): Finding {
  const said = { link: "is a link", submodule: "is another repository", other: "is no regular file" }[what];
  return { rule: "evidence/bad-path", message: `${path} ${said}; it was not read`, file: path };
}

/** Does one of the asked paths name this file, or a folder above it? No paths ask for everything. */
export function isAsked(path: string, asked: readonly string[]): boolean {
  return (
    asked.length === 0 || asked.some((word) => word === "" || path === word || path.startsWith(`${word}/`))
  );
}
