import type { RunKind } from "../../../vocabulary/run-kind.ts";
import type { Totals } from "../totals/totals.ts";

/** A recorded run, as far as it is judged. */
export interface SeenRun {
  agent: string;
  /** Evidence file and line that tell of it. */
  file: string;
  line: number;
  /** When it ended, in milliseconds since 1970. */
  at: number;
  /** Without secrets. */
  command: string;
  passed: boolean;
  exitCode: number;
  /** Git tree of all that it ran on, without `artifacts/`; null where that could not be told. */
  tree: string | null;
  totals: Totals | null;
}

/** What of the head a run ran on. */
export interface Coverage {
  /** The very tree, without `artifacts/`. */
  isWhole: boolean;
  /** Files of the change that the head holds otherwise than the run did, sorted; null where that cannot be told. */
  differing: string[] | null;
  /** Why it cannot be told, else null. */
  unknown: string | null;
  /** Files that only the base changed since: the branch was rebased, or merged with it. */
  drifted: number;
}

export interface CoveredRun extends SeenRun {
  covers: Coverage;
}

/** The runs of one kind that a range recorded. */
export interface KindFacts {
  kind: RunKind;
  /** How many, and how many of them passed. */
  runs: number;
  passed: number;
  /** The last run on what the head holds; else the last one that passed; else the last one. */
  last: CoveredRun;
  /** Of the other runs of the range and the last one at the base: the one in which most tests existed. */
  largest: (SeenRun & { atBase: boolean }) | null;
}

/** What a range recorded of runs, as plain JSON. */
export interface RunFacts {
  /** Paths that the range changed, records left out. */
  changed: string[];
  /** Kinds of which something is recorded, in the order of RUN_KINDS. */
  kinds: KindFacts[];
}
