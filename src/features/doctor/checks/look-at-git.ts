import { type Finding, fail, ok } from "../../../vocabulary/health.ts";
import type { CheckoutGround } from "../checkout-ground.ts";

/** `--end-of-options` came with 2.24, `GIT_CONFIG_COUNT` with 2.31 (git's release notes). */
const NEEDED = [2, 31] as const;

/** `git version 2.39.5 (Apple Git-154)` → is it new enough? */
export function judgeGit(said: string): Finding {
  const version = said.trim().replace(/^git version /, "");
  const [, major = "0", minor = "0"] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  const isNew = Number(major) > NEEDED[0] || (Number(major) === NEEDED[0] && Number(minor) >= NEEDED[1]);
  const facts = { version };
  return isNew
    ? ok(version, facts)
    : fail(`${version}; 2.31 or later is needed`, "https://git-scm.com/downloads", facts);
}

export async function lookAtGit({ repository }: Pick<CheckoutGround, "repository">): Promise<Finding> {
  return judgeGit((await repository.git(["--version"])).stdout.toString());
}
