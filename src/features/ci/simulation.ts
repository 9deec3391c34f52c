import type { Answer, Wrong } from "./judge-answers.ts";
import type { VariantName } from "./scene/variant.ts";

/** One cell of the table. */
export interface Cell {
  change: VariantName;
  event: string;
  check: string;
  answer: Answer;
  /** What the guards say of this change, by the rules of the base. */
  should: "pass" | "fail";
  wrong: Wrong | null;
  reason: string;
}

export const SIMULATION_SCHEMA = "growth-engine/simulation@1";

/** What `ci simulate` reports. */
export interface Simulation {
  schema: typeof SIMULATION_SCHEMA;
  base: string;
  head: string;
  /** Workflow files that were played. */
  workflows: readonly string[];
  /** Which copy of the action answered. */
  tool: string;
  /** Packages and versions of GitHub's published descriptions. */
  published: readonly string[];
  checks: readonly string[];
  cells: readonly Cell[];
  /** What did not follow GitHub's published description. */
  problems: readonly string[];
  /** What a reader should know besides. */
  notes: readonly string[];
}

export function wrongCells({ cells }: Pick<Simulation, "cells">): Cell[] {
  return cells.filter(({ wrong }) => wrong !== null);
}
