/** The events of GitHub that may start a guard (docs.github.com "Events that trigger workflows"). */
export type TriggerName =
  | "pull_request"
  | "pull_request_target"
  | "pull_request_review"
  | "merge_group"
  | "push";

/** Whose workflow file and checkout GitHub takes: the change's own, or the base's. */
export type Source = "base" | "head";

/**
 * Where the workflow of a trigger comes from. `pull_request` and `pull_request_review` run the merge of the change,
 * so its own file; `pull_request_target` runs the default branch's; a merge group's commit holds the change.
 */
export const SOURCE_OF: Readonly<Record<TriggerName, Source>> = {
  pull_request: "head",
  pull_request_target: "base",
  pull_request_review: "head",
  merge_group: "head",
  push: "head",
};

/** What decides whether a trigger fires. */
export interface Occasion {
  trigger: TriggerName;
  /** Activity type, such as `opened`; null where the event has none. */
  action: string | null;
  /** The target branch of a pull request or queue, or the branch that was pushed. */
  branch: string;
  /** Paths that the change touches. */
  paths: readonly string[];
}
