import type { Difference } from "./compare/find-differences.ts";
import type { Witness } from "./seen-line.ts";

/** The edit of a file that came first, of those that were seen. */
export interface FirstEdit {
  /** Milliseconds since 1970. */
  at: number;
  agent: string;
  witness: Witness;
}

/**
 * Whether documentation of a package that a file imports was consulted before the file was first edited. `unknown`
 * where no edit was seen; `no-package` where it imports none, or is no JavaScript or TypeScript.
 */
export type Reading = "before" | "after" | "not-seen" | "unknown" | "no-package";

/** A changed code file, and who saw it being edited; git saw it in any case. */
export interface FileSeen {
  file: string;
  /** `moved`: its content came from another path, so that no edit is looked for. */
  change: "changed" | "removed" | "moved";
  seenBy: Witness[];
  /** Whose lines tell of edits, sorted. */
  agents: string[];
  tasks: string[];
  firstEdit: FirstEdit | null;
  reading: Reading;
}

/** A package that changed files import, and what was read about it. */
export interface PackageSeen {
  package: string;
  /** Changed files that import it. */
  files: number;
  /** Consultations of its documentation, each call once. */
  consulted: number;
  /** The reference of the first of them. */
  first: string | null;
}

/** What one kind of witness told. */
export interface WitnessTold {
  witness: Witness;
  lines: number;
  calls: number;
  /** Calls that it alone tells of. */
  alone: number;
  /** Changed code files of which it saw an edit. */
  files: number;
}

/** What the witnesses of a range saw, as plain JSON. */
export interface WitnessFacts {
  witnesses: WitnessTold[];
  calls: number;
  /** Calls that no recorder saw: only a typed line tells of them. */
  claimedOnly: number;
  files: FileSeen[];
  /** What nothing explains comes first. */
  differences: Difference[];
  packages: PackageSeen[];
}
