import { Fault, Refusal } from "../errors/index.ts";
import { isShallow, resolveCommit, UNSHALLOW } from "./read-range.ts";
import type { Repository } from "./repository.ts";

const USUAL = [
  "refs/remotes/origin/main",
  "refs/remotes/origin/master",
  "refs/heads/main",
  "refs/heads/master",
];

/**
 * The tip of the default branch: what the remote calls its HEAD, else the usual names, remote ones first; in a
 * bare repository its own HEAD.
 * @throws Refusal REVISION_UNKNOWN with the option to name it, or Fault HISTORY_MISSING in a shallow clone
 */
export async function findDefaultBase(repository: Repository): Promise<string> {
  const asked = ["refs/remotes/origin/HEAD", ...USUAL];
  if (repository.worktree === null) asked.unshift("HEAD");
  for (const name of asked) {
    const { status, stdout } = await repository.git(
      ["rev-parse", "--verify", "--quiet", `${name}^{commit}`],
      {
        accept: [0, 1, 128],
      },
    );
    if (status === 0) return stdout.toString().trim();
  }
  // Without a commit there is nothing to compare, whatever the target is called.
  await resolveCommit(repository, "HEAD");
  if (await isShallow(repository)) {
    throw new Fault("HISTORY_MISSING", "this shallow clone does not hold the default branch", {
      hint: UNSHALLOW,
    });
  }
  throw new Refusal("REVISION_UNKNOWN", "this repository has no default branch to compare with", {
    hint: "name the target: --base <revision>",
  });
}
