import { commitTree, type Repository, readOne } from "../../platform/git/index.ts";
import { readWorkflow } from "./workflow/read-workflow.ts";
import { stepKind } from "./workflow/step-kind.ts";
import type { Workflow } from "./workflow/workflow.ts";

const FOLDER = ".github/workflows";
const MAX_BYTES = 512 * 1024;

function usesGrowthEngine(workflow: Workflow, content: string): boolean {
  // What GitHub cannot read answers nothing; a mention is enough to tell whose it was meant to be.
  if (workflow.problems.length > 0) return /growth-engine/i.test(content);
  const steps = workflow.jobs.flatMap((job) => job.steps);
  return steps.some((step) => ["own-folder", "own-release"].includes(stepKind(step)));
}

/**
 * The workflows at a commit that have to do with Growth Engine: those that run its action, and those with a job of one
 * of the required names. Others are left out: they answer other checks.
 */
export async function findWorkflows(
  repository: Repository,
  commit: string,
  checks: readonly string[],
): Promise<Workflow[]> {
  const tree = commitTree(repository, commit, FOLDER);
  const files = (await tree.list()).filter(
    ({ path, kind }) => kind === "file" && /^[^/]+\/[^/]+\/[^/]+\.ya?ml$/.test(path),
  );
  const found: Workflow[] = [];
  for (const { path } of files) {
    const content = await readOne(tree, path);
    if (content === null || content.length > MAX_BYTES) continue;
    const text = content.toString("utf8");
    const workflow = await readWorkflow(path, text);
    const named = workflow.jobs.some(({ name, id }) => checks.includes(name) || checks.includes(id));
    if (named || usesGrowthEngine(workflow, text)) found.push(workflow);
  }
  return found;
}
