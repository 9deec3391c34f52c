import { askRepository, type GithubAccess, type RepositoryName } from "../../../platform/github/index.ts";
import { type Finding, type HealthCheck, unknown } from "../../../vocabulary/health.ts";
import { readObject, readText } from "../read-object.ts";
import { judgeHeadChecks } from "./judge-head-checks.ts";
import { judgeProtection } from "./judge-protection.ts";
import { learnHeadChecks } from "./learn-head-checks.ts";
import { learnProtection } from "./learn-protection.ts";

/** The checks that only the forge can answer. */
export type BranchCheck = "guards" | "ci";
const NAMES: readonly BranchCheck[] = ["guards", "ci"];
const HINT = "give a token that may read the repository: GITHUB_TOKEN=$(gh auth token)";

const all = (finding: Finding, names = NAMES): HealthCheck[] => names.map((name) => ({ name, ...finding }));

/** Whether the default branch is protected by the guards, and whether its head is green. Never throws for the forge. */
export async function lookAtDefaultBranch(
  access: GithubAccess,
  repository: RepositoryName,
  names = NAMES,
): Promise<HealthCheck[]> {
  const described = await askRepository(access, repository);
  if ("unseen" in described) return all(unknown(described.unseen, HINT), names);
  const branch = readText(readObject(described.found).default_branch);
  if (branch === null) return all(unknown("GitHub names no default branch", null), names);
  const looks: Record<BranchCheck, () => Promise<Finding>> = {
    guards: async () => judgeProtection(await learnProtection(access, repository, branch)),
    ci: async () => {
      const checks = await learnHeadChecks(access, repository, branch);
      return "unseen" in checks ? unknown(checks.unseen, HINT) : judgeHeadChecks(branch, checks);
    },
  };
  return Promise.all(names.map(async (name) => ({ name, ...(await looks[name]()) })));
}
