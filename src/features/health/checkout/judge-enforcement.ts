import { type Finding, fail, ok, unknown, warn } from "../../../vocabulary/health.ts";

/** What stands between a banned package and production. */
export interface EnforcementFacts {
  /** A hook judges before a push; a workflow judges before a merge. */
  hooks: boolean;
  ci: boolean;
  /** Rules of the ban that the config lets pass, with their level. */
  weakened: readonly string[];
  /** Packages that the config takes off the list. */
  takenOff: readonly string[];
  verdict: "pass" | "fail" | "not-applicable" | "error";
  /** How many findings block, and what the first says. */
  findings: number;
  first: string | null;
  summary: string;
}

/** Is the ban of development-only MCP servers enforced, and does production keep it? */
export function judgeEnforcement(facts: EnforcementFacts): Finding {
  const { hooks, ci, weakened, takenOff, verdict, findings, first, summary } = facts;
  const kept = { hooks, ci, weakened, taken_off: takenOff, verdict, findings };
  if (verdict === "error")
    return unknown(`the scan could not tell: ${summary}`, "growth-engine ban scan", kept);
  if (verdict === "fail") {
    const more = findings > 1 ? `, and ${findings - 1} more` : "";
    return fail(`production holds what is banned: ${first}${more}`, "growth-engine ban scan", kept);
  }
  if (!hooks && !ci)
    return fail("neither a hook nor a workflow enforces the ban", "growth-engine init", kept);
  const off = weakened.find((rule) => rule.endsWith(": off"));
  if (off !== undefined)
    return fail(
      `the config switches the ban off: ${weakened.join(", ")}`,
      "take it out of rules in growth-engine.json",
      kept,
    );
  if (weakened.length > 0)
    return warn(
      `the config weakens the ban: ${weakened.join(", ")}`,
      "set it to block in growth-engine.json",
      kept,
    );
  if (!ci)
    return warn(
      "a hook enforces the ban; no workflow does, and hooks can be passed by",
      "growth-engine init",
      kept,
    );
  const by = hooks ? "workflow and hook enforce it" : "a workflow enforces it";
  if (takenOff.length > 0)
    return warn(`${by}; the config takes off ${takenOff.join(", ")}`, "see ban.packages", kept);
  return ok(`${by}; production is free of it`, kept);
}
