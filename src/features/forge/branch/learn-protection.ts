import {
  askBranch,
  askBranchRules,
  askRuleset,
  type GithubAccess,
  type RepositoryName,
} from "../../../platform/github/index.ts";
import { type JsonObject, readObject, readText } from "../read-object.ts";
import type { ProtectionFacts, Requirement } from "./judge-protection.ts";

const textsOf = (list: unknown, key: string): string[] =>
  Array.isArray(list) ? list.flatMap((one) => readText(readObject(one)[key]) ?? []) : [];

/** `enforcement_level` of GitHub's answer: `off`, `non_admins`, `everyone`. */
const PASSED_BY: Readonly<Record<string, string>> = { everyone: "nobody", non_admins: "administrators" };

/** Branch protection of the older kind, as the branch itself tells it. */
function classicOf(branch: unknown): Requirement[] {
  const { required_status_checks: found } = readObject(branch, "protection");
  const checks = readObject(found);
  const level = readText(checks.enforcement_level) ?? "off";
  const names = [
    ...textsOf(checks.checks, "context"),
    ...(Array.isArray(checks.contexts) ? checks.contexts.flatMap((name) => readText(name) ?? []) : []),
  ];
  if (level === "off" || names.length === 0) return [];
  return [{ by: "branch protection", checks: [...new Set(names)], passedBy: PASSED_BY[level] ?? null }];
}

/** `bypass_actors` is left out for whoever may not change the ruleset. */
function passedByOf(ruleset: JsonObject): Requirement["passedBy"] {
  const { bypass_actors: actors } = ruleset;
  if (!Array.isArray(actors)) return null;
  if (actors.length === 0) return "nobody";
  return actors.length === 1 ? "1 actor of its bypass list" : `${actors.length} actors of its bypass list`;
}

async function requirementOf(
  access: GithubAccess,
  repository: RepositoryName,
  rule: unknown,
): Promise<Requirement[]> {
  const { type, ruleset_id: id } = readObject(rule);
  if (type !== "required_status_checks") return [];
  const checks = textsOf(readObject(rule, "parameters").required_status_checks, "context");
  const answer = Number.isSafeInteger(id)
    ? await askRuleset(access, repository, id as number)
    : { unseen: "" };
  const passedBy = "found" in answer ? passedByOf(readObject(answer.found)) : null;
  return [{ by: `ruleset ${id}`, checks, passedBy }];
}

/** Which checks a branch requires, by branch protection and by rulesets. What could not be read is said. */
export async function learnProtection(
  access: GithubAccess,
  repository: RepositoryName,
  branch: string,
): Promise<ProtectionFacts> {
  const [described, rules] = await Promise.all([
    askBranch(access, repository, branch),
    askBranchRules(access, repository, branch),
  ]);
  const list = "found" in rules ? rules.found : [];
  const fromRules = await Promise.all(list.map((rule) => requirementOf(access, repository, rule)));
  return {
    branch,
    requirements: [...("found" in described ? classicOf(described.found) : []), ...fromRules.flat()],
    unseen: [described, rules].flatMap((answer) => ("unseen" in answer ? [answer.unseen] : [])),
  };
}
