import { commitTree, type Repository, resolveCommit, workingTree } from "../../platform/git/index.ts";
import { type GuardVerdict, gradeFindings, verdictOf } from "../../vocabulary/finding.ts";
import { judgeBan, scanTree, summariseBan } from "../ban/index.ts";
import { readConfig } from "../config/index.ts";

/**
 * What the ban says of the code as it is, by the config that is there now: of the head commit, or of the working tree
 * where nothing is committed yet. Evidence and heartbeats are asked for from the next change on.
 */
export async function firstVerdict(repository: Repository, hasCommits: boolean): Promise<GuardVerdict> {
  const disk = workingTree(repository);
  const config = await readConfig(disk);
  const tree = hasCommits ? commitTree(repository, await resolveCommit(repository, "HEAD")) : disk;
  // Entries are files of the working tree, which the head commit need not hold yet.
  const facts = await scanTree(tree, config);
  const found = judgeBan(facts);
  const findings = gradeFindings(found, config.rules);
  return {
    guard: "dev-mcp-ban",
    verdict: verdictOf(findings),
    summary: summariseBan(facts, found),
    findings,
  };
}
