import { passesFilter } from "./filter-pattern.ts";
import type { Occasion, TriggerName } from "./occasion.ts";
import type { Trigger, Workflow } from "./workflow.ts";

/** Activity types without `types:` (docs.github.com "Events that trigger workflows"); the others take every type. */
const DEFAULT_TYPES: Partial<Record<TriggerName, readonly string[]>> = {
  pull_request: ["opened", "synchronize", "reopened"],
  pull_request_target: ["opened", "synchronize", "reopened"],
};
/** Events for which GitHub looks at path filters. */
const WITH_PATHS: readonly TriggerName[] = ["pull_request", "pull_request_target", "push"];

function whyNotByBranch({ branches, "branches-ignore": ignored }: Trigger, branch: string): string | null {
  if (branches && !passesFilter(branch, branches)) return `its branches filter leaves out ${branch}`;
  if (ignored && passesFilter(branch, ignored)) return `its branches-ignore filter names ${branch}`;
  return null;
}

function whyNotByPath(
  { paths, "paths-ignore": ignored }: Trigger,
  changed: readonly string[],
): string | null {
  if (paths && !changed.some((path) => passesFilter(path, paths))) {
    return "its paths filter leaves out every changed file";
  }
  if (ignored && changed.length > 0 && changed.every((path) => passesFilter(path, ignored))) {
    return "its paths-ignore filter names every changed file";
  }
  return null;
}

function whyNotByTag(trigger: Trigger): string | null {
  const onlyTags =
    (trigger.tags || trigger["tags-ignore"]) && !trigger.branches && !trigger["branches-ignore"];
  return onlyTags ? "it runs for tags only" : null;
}

/** Why GitHub would not start this workflow now; null when it would. */
export function whyNotTriggered(workflow: Workflow, occasion: Occasion): string | null {
  const [problem] = workflow.problems;
  if (problem !== undefined) return `GitHub cannot read the workflow: ${problem}`;
  const { trigger: name, action, branch, paths } = occasion;
  if (!(name in workflow.triggers)) return `the workflow has no ${name} trigger`;
  const trigger = workflow.triggers[name] ?? {};
  const types = trigger.types ?? DEFAULT_TYPES[name];
  if (action !== null && types && !types.includes(action)) return `${name} without the type ${action}`;
  return (
    whyNotByBranch(trigger, branch) ??
    (name === "push" ? whyNotByTag(trigger) : null) ??
    (WITH_PATHS.includes(name) ? whyNotByPath(trigger, paths) : null)
  );
}
