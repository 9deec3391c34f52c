import type { Approval } from "./judge-override.ts";

/** What is to be judged, as the command line and the CI event name it. Revisions are not resolved yet. */
export interface Subject {
  /** Revision of the target's tip; null takes the default branch. */
  base: string | null;
  head: string;
  /** Pull request text; null when there is none to judge, `""` for one without sections. */
  text: string | null;
  /** Who opened the pull request, by forge identity. */
  actor: string | null;
  /** A merge queue's commit is not a person's work: see contract §3. */
  mergeGroup: boolean;
  approvals: readonly Approval[];
}
