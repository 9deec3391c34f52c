import type { Finding } from "../../vocabulary/finding.ts";

/** A path that a pull request text cites, and the line of the text on which it stands. */
export interface CitedPath {
  path: string;
  line: number;
}

/** What became of a cited path. `bad-path` was never read. */
export interface CitedFile extends CitedPath {
  state: "found" | "not-found" | "untracked" | "bad-path";
  /** What is wrong with the path, as a sentence part; only of a `bad-path`. */
  reason?: string;
  /** Lines in the file at the head that are not blank, whole or broken. */
  lines: number;
  /** Those of them that stood in no evidence file at the base. */
  newLines: number;
}

/** An evidence file that the range added or changed. */
export interface ChangedFile {
  path: string;
  agent: string;
  /** Lines in the file at the head that are not blank, whole or broken. */
  lines: number;
  newLines: number;
}

/** A commit of the range that did not only append (record's `Rewrite`, as plain JSON). */
export interface RewriteFact {
  kind: "rewritten" | "redacted";
  file: string;
  commit: string;
  line: number;
  what: string;
  /** The commit took the whole file out. */
  isDeleted?: true;
}

/** How many valid new lines that tell of a consultation reach which level of trust (design §6), each counted at its highest. */
export interface Assurance {
  claimed: number;
  /** With a whole chain. */
  recorded: number;
  /** Besides, with a receipt that holds. */
  receipted: number;
}

/** All that `judgeEvidence` needs to know about a range. Plain JSON. */
export interface EvidenceFacts {
  /** Code files that the range added, changed or removed. */
  changedCode: string[];
  /** Every path that the range changed, record files left out. */
  changedPaths: string[];
  /** Changed code file → packages that it imports. */
  imports: Record<string, string[]>;
  /** Changed evidence files; removed ones are left out. */
  files: ChangedFile[];
  /** Valid lines that tell of a consultation, that the range added and that stood in no evidence file at the base. */
  newLines: number;
  /** Lines that the range added, but that stood in some evidence file at the base. */
  copiedLines: number;
  /** The first file of the range that looks like evidence and lies where none is read, and why. */
  misplaced: { path: string; reason: string } | null;
  /** Instants of the valid new lines, in milliseconds since 1970, ascending. */
  recordTimes: number[];
  /** Tools that were consulted, as the valid new lines tell, sorted. */
  tools: string[];
  assurance: Assurance;
  /** What is wrong with single new lines: fields, times, dates, ids, chains; and with archives of the range. */
  lineFindings: Finding[];
  rewrites: RewriteFact[];
  /** Null when there is no pull request text. */
  cited: CitedFile[] | null;
}
