import type { AskedGuards } from "../../features/guard/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import { nearestOf } from "../../platform/errors/nearest.ts";
import { GUARDS } from "../../vocabulary/finding.ts";

/** What the workflow asks of the action: `inputs` of action.yml. */
export interface Inputs {
  guards: AskedGuards;
  token: string | null;
  /** Where SARIF is written to, relative to the workspace. */
  sarif: string | null;
}

/** The runner hands `with: { name: … }` as `INPUT_NAME` (docs.github.com "Metadata syntax", inputs). */
function input(env: NodeJS.ProcessEnv, name: string): string | null {
  return env[`INPUT_${name.toUpperCase()}`]?.trim() || null;
}

/** @throws Refusal USAGE for a guard that does not exist */
export function readInputs(env: NodeJS.ProcessEnv): Inputs {
  const asked = input(env, "guard") ?? "all";
  const guards = asked === "all" ? asked : GUARDS.filter((guard) => guard === asked);
  if (guards.length === 0) {
    const names = [...GUARDS, "all"];
    const near = nearestOf(asked, names);
    throw new Refusal("USAGE", `there is no guard "${asked}"`, {
      hint: near === null ? `guard: one of ${names.join(", ")}` : `guard: ${near}`,
    });
  }
  return { guards, token: input(env, "token"), sarif: input(env, "sarif") };
}
