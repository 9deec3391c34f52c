import { type Finding, fail, ok, unknown, warn } from "../../../vocabulary/health.ts";

/** One place that requires checks before a merge. */
export interface Requirement {
  /** Such as `branch protection`, `ruleset 12`. */
  by: string;
  checks: readonly string[];
  /** Who may merge past it: nobody, somebody (in words), or null where that could not be seen. */
  passedBy: "nobody" | string | null;
}

/** How the branch that work is merged into is protected. */
export interface ProtectionFacts {
  branch: string;
  requirements: readonly Requirement[];
  /** What could not be read, in sentences. */
  unseen: readonly string[];
}

/** The check over all three guards, or each by its own name (templates/github-workflow.yml). */
const WHOLE = "growth-engine";
const EACH = ["guard-mcp", "idle-guard", "dev-mcp-ban"];

function requires(checks: readonly string[]): boolean {
  return checks.includes(WHOLE) || EACH.every((name) => checks.includes(name));
}

const hintFor = (branch: string): string =>
  `in the repository's settings, require the check ${WHOLE} on ${branch}, for administrators too`;

/** Can nothing be merged that the guards refuse? */
export function judgeProtection({ branch, requirements, unseen }: ProtectionFacts): Finding {
  const required = [...new Set(requirements.flatMap(({ checks }) => checks))].sort();
  const facts = { branch, required, requirements };
  const hint = hintFor(branch);
  const ours = requirements.filter(({ checks }) => requires(checks));
  if (ours.length === 0 && !requires(required)) {
    if (unseen.length > 0)
      return unknown(unseen.join("; "), "give a token that may read the repository", facts);
    const others = required.length === 0 ? "no check is required" : `required is only ${required.join(", ")}`;
    return fail(`nothing keeps unjudged work out of ${branch}: ${others}`, hint, facts);
  }
  const holding = ours.length > 0 ? ours : requirements.filter(({ checks }) => checks.length > 0);
  const tight = ours.find(({ passedBy }) => passedBy === "nobody");
  if (tight) return ok(`${branch} requires the guards, for administrators too (${tight.by})`, facts);
  const [first] = holding;
  if (first?.passedBy === null)
    return warn(
      `${branch} requires the guards (${first.by}); who may merge past them could not be seen`,
      "a token of an administrator can see it",
      facts,
    );
  return fail(
    `${branch} requires the guards, and ${first?.passedBy} may merge past them (${first?.by})`,
    hint,
    facts,
  );
}
