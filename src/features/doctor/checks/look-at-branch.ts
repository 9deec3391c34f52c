import { splitZero } from "../../../platform/git/index.ts";
import { type Finding, ok, warn } from "../../../vocabulary/health.ts";
import { RECORD_FOLDER } from "../../record/index.ts";
import type { CheckoutGround } from "../checkout-ground.ts";

type Ground = Pick<CheckoutGround, "repository">;

export async function lookAtBranch({ repository }: Ground): Promise<Finding> {
  const { status, stdout } = await repository.git(["symbolic-ref", "--quiet", "--short", "HEAD"], {
    accept: [0, 1],
  });
  const branch = stdout.toString().trim();
  if (status !== 0) return warn("no branch: HEAD is detached", "git switch -c <branch>");
  if (["main", "master"].includes(branch))
    return warn(`${branch}: work goes on a branch of its own`, "git switch -c <branch>", { branch });
  return ok(branch, { branch });
}

/** Records are written while one works, so they do not count. */
export async function lookAtTree({ repository }: Ground): Promise<Finding> {
  const { stdout } = await repository.git(["status", "--porcelain", "-z", "--no-renames"]);
  const changed = splitZero(stdout).filter((line) => !line.slice(3).startsWith(`${RECORD_FOLDER}/`));
  const count = changed.length === 1 ? "1 file" : `${changed.length} files`;
  const facts = { uncommitted: changed.length };
  return changed.length === 0
    ? ok("clean", facts)
    : warn(`${count} not committed, such as ${changed[0]?.slice(3)}`, "git stash, or git commit", facts);
}
