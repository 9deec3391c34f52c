import { commitTree, type Repository } from "../../platform/git/index.ts";
import { gradeFindings, verdictOf } from "../../vocabulary/finding.ts";
import { judgeBan, scanTree, summariseBan } from "../ban/index.ts";
import { defaultConfig } from "../config/index.ts";
import { combineVerdicts, VERDICT_SCHEMA, type VerdictReport } from "../verdict/index.ts";

/**
 * The verdict over a branch that does not exist yet: nothing was there before, so there is no range whose work
 * could need evidence, and no rules but the defaults. The ban judges the whole tree.
 */
export async function scanFirst(repository: Repository, head: string): Promise<VerdictReport> {
  const facts = await scanTree(commitTree(repository, head), defaultConfig());
  const found = judgeBan(facts);
  const findings = gradeFindings(found);
  const guard = {
    guard: "dev-mcp-ban" as const,
    verdict: verdictOf(findings),
    summary: summariseBan(facts, found),
    findings,
  };
  return {
    schema: VERDICT_SCHEMA,
    verdict: combineVerdicts([guard]),
    base: null,
    head,
    rules: null,
    guards: [guard],
  };
}
