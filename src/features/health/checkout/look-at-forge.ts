import { type HealthCheck, unknown } from "../../../vocabulary/health.ts";
import type { CheckoutGround } from "../../doctor/index.ts";
import { type BranchCheck, findGithub, lookAtDefaultBranch } from "../../forge/index.ts";

/** All questions together; a forge that is down must not hold up the morning. */
const LIMIT_MS = 10_000;

async function remoteOf({ repository }: CheckoutGround): Promise<string | null> {
  const { stdout } = await repository.git(["config", "--get", "remote.origin.url"], { accept: [0, 1] });
  return stdout.toString().trim() || null;
}

/** What only the forge knows: whether the guards are enforced, and whether the default branch is green. */
export async function lookAtForge(
  ground: CheckoutGround,
  version: string,
  names: readonly BranchCheck[],
): Promise<HealthCheck[]> {
  if (names.length === 0) return [];
  const place = findGithub(ground.env, await remoteOf(ground));
  if ("why" in place)
    return names.map((name) => ({ name, ...unknown(`not asked: ${place.why}`, place.hint) }));
  const { api, token, repository } = place;
  const access = { api, token, version, deadline: AbortSignal.timeout(LIMIT_MS) };
  return lookAtDefaultBranch(access, repository, names);
}
