import { Fault, isRefusal, messageOf } from "../../platform/errors/index.ts";
import { openRepository } from "../../platform/git/index.ts";
import { type Finding, type HealthCheck, unknown } from "../../vocabulary/health.ts";
import { type Config, defaultConfig, findConfig } from "../config/index.ts";
import type { CheckoutGround } from "./checkout-ground.ts";
import { lookAtBranch, lookAtTree } from "./checks/look-at-branch.ts";
import { lookAtCi } from "./checks/look-at-ci.ts";
import { lookAtClock } from "./checks/look-at-clock.ts";
import { lookAtConfig } from "./checks/look-at-config.ts";
import { lookAtDisk, lookAtLimits } from "./checks/look-at-disk.ts";
import { lookAtGit } from "./checks/look-at-git.ts";
import { lookAtHooks } from "./checks/look-at-hooks.ts";
import { lookAtNode } from "./checks/look-at-node.ts";
import { lookAtPackages } from "./checks/look-at-packages.ts";
import { lookAtPrograms } from "./checks/look-at-programs.ts";
import { lookAtMerge, lookAtRecords } from "./checks/look-at-records.ts";
import { lookAtTemplate } from "./checks/look-at-template.ts";

type Look = (ground: CheckoutGround) => Promise<Finding>;

/** Name → look, in the order of the page. */
const LOOKS = {
  node: lookAtNode,
  git: lookAtGit,
  packages: lookAtPackages,
  programs: lookAtPrograms,
  config: lookAtConfig,
  hooks: lookAtHooks,
  ci: lookAtCi,
  template: lookAtTemplate,
  records: lookAtRecords,
  merge: lookAtMerge,
  branch: lookAtBranch,
  tree: lookAtTree,
  clock: lookAtClock,
  disk: lookAtDisk,
  limits: lookAtLimits,
} satisfies Record<string, Look>;
export type CheckName = keyof typeof LOOKS;
export const CHECK_NAMES = Object.keys(LOOKS) as CheckName[];

function configOf(worktree: string): Config {
  try {
    return findConfig(worktree);
  } catch (error) {
    if (isRefusal(error)) return defaultConfig();
    throw error;
  }
}

/** Opens the checkout around a folder. @throws Fault NOT_A_REPOSITORY, FILE_FAILED */
export async function openCheckout(
  cwd: string,
  env: NodeJS.ProcessEnv,
  now: number,
): Promise<CheckoutGround> {
  const repository = await openRepository(cwd);
  const { worktree } = repository;
  if (worktree === null)
    throw new Fault("NOT_A_REPOSITORY", "this repository is bare: there is no checkout to look at", {
      hint: "run it in a checkout",
    });
  return { repository, worktree, config: configOf(worktree), env, now };
}

/** A look that throws could not tell. */
export async function tryCheck(name: string, look: () => Promise<Finding>): Promise<HealthCheck> {
  try {
    return { name, ...(await look()) };
  } catch (error) {
    const hint = (error as { hint?: unknown }).hint;
    return { name, ...unknown(messageOf(error), typeof hint === "string" ? hint : null) };
  }
}

/** Looks at a checkout and its machine: all checks, or some. Nothing but git is run. */
export function lookAtCheckout(
  ground: CheckoutGround,
  names: readonly CheckName[] = CHECK_NAMES,
): Promise<HealthCheck[]> {
  return Promise.all(names.map((name) => tryCheck(name, () => LOOKS[name](ground))));
}
