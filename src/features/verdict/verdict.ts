import type { GuardVerdict } from "../../vocabulary/finding.ts";

/** Name and version of the format that `--format json` prints. */
export const VERDICT_SCHEMA = "growth-engine/verdict@1";

/** The answer of all guards together: there is no `not-applicable`, since nothing to judge passes. */
export type WholeVerdict = "pass" | "fail" | "error";

/** An approval that turned `fail` into `pass` (config `pullRequest.override`). */
export interface Override {
  by: string;
  reason: string;
  /** RFC 3339 date and time. */
  until: string;
  /** The commit that was approved. */
  head: string;
}

/** An approval that was given and is no override. */
export interface UncountedApproval {
  by: string;
  /** Why not: a sentence part about the approval. */
  why: string;
}

/** The answer of all guards over a range (contract §3). */
export interface VerdictReport {
  schema: typeof VERDICT_SCHEMA;
  verdict: WholeVerdict;
  /** The merge base, or null where none exists. */
  base: string | null;
  head: string;
  /** The commit whose rules were used, or null where the defaults or the working tree gave them. */
  rules: string | null;
  guards: GuardVerdict[];
  overridden?: Override;
  /** The approvals that turned nothing into `pass`, where the verdict is `fail` or `error`; absent when there are none. */
  uncounted?: UncountedApproval[];
}

/** `error` wins over `fail`, `fail` over `pass`. Without any guard nothing was judged, so that is no pass. */
export function combineVerdicts(guards: readonly GuardVerdict[]): WholeVerdict {
  const verdicts = new Set(guards.map((guard) => guard.verdict));
  if (verdicts.size === 0 || verdicts.has("error")) return "error";
  return verdicts.has("fail") ? "fail" : "pass";
}
