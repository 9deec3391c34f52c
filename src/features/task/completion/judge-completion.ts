import type { CompletionPolicy } from "../../../vocabulary/task.ts";
import type { CompletionFacts, CriterionView, TaskView, UnmetPolicy } from "../contract.ts";

/** What is known of a task when it is to be completed. */
export interface Completion {
  criteria: readonly CriterionView[];
  links: TaskView["links"];
  /** Tasks it waits for still. */
  open: readonly string[];
  facts: CompletionFacts;
}

type Unmet = Omit<UnmetPolicy, "policy"> | null;

const unmet = (says: string, mend: string): Unmet => ({ says, mend });

function judgeCriteria({ criteria, facts }: Completion): Unmet {
  const proofs = new Set(facts.proofs?.map(({ criterion }) => criterion));
  const unproven = criteria.filter(({ id }) => !proofs.has(id));
  const known = new Set(criteria.map(({ id }) => id));
  const strange = [...proofs].filter((id) => !known.has(id));
  if (strange.length > 0)
    return unmet(`there is no criterion ${strange.join(", ")}`, `name one of: ${[...known].join(", ")}`);
  if (unproven.length === 0) return null;
  const texts = unproven.map(({ id, text }) => `${id} (${text.slice(0, 80)})`);
  return unmet(
    `no proof that these criteria are met: ${texts.join("; ")}`,
    "a proof for each: a test, a file, a link",
  );
}

function judgeEvidence({ facts: { evidence } }: Completion): Unmet {
  if (evidence && evidence.paths.length > 0 && evidence.records > 0) return null;
  return unmet(
    "no evidence of what was consulted",
    "evidence lines for this task: growth-engine evidence add",
  );
}

function judgeKnowledge({ facts: { knowledge } }: Completion): Unmet {
  if (knowledge) return null;
  return unmet("no knowledge search was recorded", "the record of a search made before the work");
}

/** Where the task names pull requests, another one proves nothing. */
function judgePullRequest({ links, facts: { pull_request: pull } }: Completion): Unmet {
  const named = links.filter(({ kind }) => kind === "pull_request").map(({ url }) => url);
  if (!pull) return unmet("no pull request was named", "the merged pull request's address");
  if (named.length > 0 && !named.includes(pull.url))
    return unmet(`${pull.url} is none of the task's pull requests`, `one of: ${named.join(", ")}`);
  return pull.merged ? null : unmet(`${pull.url} is not merged`, "merge it, then complete the task");
}

const KINDS = ["unit", "integration"] as const;

function judgeRuns({ facts: { runs = [], tree } }: Completion): Unmet {
  if (tree === undefined)
    return unmet("the tree that was tested is not named", "the git tree: git rev-parse HEAD^{tree}");
  const here = runs.filter((run) => run.tree === tree);
  const failed = KINDS.filter((kind) => here.some((run) => run.kind === kind && !run.passed));
  if (failed.length > 0)
    return unmet(
      `${failed.join(" and ")} tests failed on the tree ${tree.slice(0, 12)}`,
      "a tree on which all pass",
    );
  const missing = KINDS.filter((kind) => !here.some((run) => run.kind === kind));
  return missing.length === 0
    ? null
    : unmet(
        `no ${missing.join(" and no ")} test run on the tree ${tree.slice(0, 12)}`,
        "growth-engine run --kind <kind> -- <command>, on the commit that is completed",
      );
}

function judgeSecurity({ facts: { security, runs = [], tree } }: Completion): Unmet {
  if (runs.some((run) => run.kind === "security" && !run.passed && run.tree === tree))
    return unmet("the security run on this tree failed", "mend what it found, and run it again");
  if (!security)
    return unmet(
      "the diff was not checked",
      "a check for secrets, banned packages and vulnerable dependencies",
    );
  if (tree !== undefined && security.tree !== undefined && security.tree !== tree)
    return unmet("the security check was of another tree", "check this tree");
  const found = Object.entries({
    "secrets found": security.secrets,
    "banned packages found": security.ban,
    "vulnerable dependencies found": security.dependencies,
  }).filter(([, count]) => count > 0);
  if (found.length === 0) return null;
  return unmet(found.map(([what, count]) => `${what}: ${count}`).join(", "), "mend these, and check again");
}

const JUDGES: Record<CompletionPolicy, (completion: Completion) => Unmet> = {
  dependencies: ({ open }) =>
    open.length === 0
      ? null
      : unmet(`it waits for ${open.join(", ")}`, "complete them, or have a manager take them off"),
  criteria: judgeCriteria,
  evidence: judgeEvidence,
  knowledge: judgeKnowledge,
  notes: ({ facts: { notes } }) =>
    notes === undefined || notes.trim() === ""
      ? unmet("no notes were given", "what was done, and what the next should know")
      : null,
  pull_request: judgePullRequest,
  runs: judgeRuns,
  security: judgeSecurity,
};

/** Which of the fleet's policies a completion does not meet, in the fleet's order, each with what would meet it. */
export function judgeCompletion(
  completion: Completion,
  policies: readonly CompletionPolicy[],
): UnmetPolicy[] {
  return policies.flatMap((policy) => {
    const found = JUDGES[policy](completion);
    return found ? [{ policy, ...found }] : [];
  });
}
