import type { RunKind } from "../../vocabulary/run-kind.ts";
import type { Checkout } from "../recorder/index.ts";
import type { Ended } from "./pass-through.ts";
import type { Asked } from "./totals/ask-runner.ts";
import type { SeenTree, TreeWatch } from "./tree/look-at-tree.ts";

/** A checkout that is ready to be told of a run. */
export interface Ready {
  checkout: Checkout;
  watch: TreeWatch;
  before: SeenTree;
}

/** A run from its first to its last moment. */
export interface FinishedRun {
  kind: RunKind | undefined;
  agent: string;
  task: string | undefined;
  words: readonly string[];
  asked: Asked;
  ended: Ended;
  /** Milliseconds. */
  took: number;
}
