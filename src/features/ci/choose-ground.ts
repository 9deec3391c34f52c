import { isRefusal } from "../../platform/errors/index.ts";
import { findDefaultBase, type Repository, resolveCommit } from "../../platform/git/index.ts";
import { findWorkflows } from "./find-workflows.ts";

/** What is played against what. */
export interface Ends {
  base: string;
  head: string;
  /** Branch that the base stands for on the forge. */
  branch: string;
  note: string | null;
}

async function defaultBase(repository: Repository, head: string): Promise<string> {
  try {
    return await findDefaultBase(repository);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return head;
  }
}

/** `refs/remotes/origin/HEAD` → `main`; a name that GitHub would accept in any case. */
async function branchName(repository: Repository): Promise<string> {
  const asked = ["symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"];
  const { status, stdout } = await repository.git(asked, { accept: [0, 1, 128] });
  if (status === 0)
    return stdout
      .toString()
      .trim()
      .replace(/^origin\//, "");
  const { stdout: refs } = await repository.git([
    "for-each-ref",
    "--format=%(refname:short)",
    "refs/heads/main",
    "refs/heads/master",
  ]);
  return refs.toString().split("\n")[0] || "main";
}

/**
 * The two ends of the simulation. Where the default branch has no workflow yet, and HEAD has one, HEAD stands in for
 * it: what would be so after the merge of the set-up is what its author asks.
 */
export async function chooseGround(
  repository: Repository,
  options: { base?: string; head?: string },
  checks: readonly string[],
): Promise<Ends> {
  const head = await resolveCommit(repository, options.head ?? "HEAD");
  const branch = await branchName(repository);
  if (options.base !== undefined)
    return { base: await resolveCommit(repository, options.base), head, branch, note: null };
  const base = await defaultBase(repository, head);
  const has = async (commit: string) => (await findWorkflows(repository, commit, checks)).length > 0;
  if (base === head || (await has(base)) || !(await has(head))) return { base, head, branch, note: null };
  const note = `${branch} has no workflow of Growth Engine yet: this is how it will be when ${head.slice(0, 10)} is merged`;
  return { base: head, head, branch, note };
}
