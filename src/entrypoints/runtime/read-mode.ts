import { Refusal } from "../../platform/errors/index.ts";
import { nearestOf } from "../../platform/errors/nearest.ts";
import type { Mode } from "./refuse-module.ts";

const MODES = ["block", "warn", "off"] as const;

/**
 * What `GROWTH_ENGINE_RUNTIME` asks for; `block` without it, since whoever loads the hook wants it to hold, and
 * `NODE_ENV` is forgotten in many images.
 * @throws Refusal USAGE for another word, which must not switch anything off
 */
export function readMode(env: NodeJS.ProcessEnv): Mode | "off" {
  const asked = env.GROWTH_ENGINE_RUNTIME;
  if (asked === undefined || asked === "") return "block";
  const mode = MODES.find((known) => known === asked);
  if (mode !== undefined) return mode;
  const near = nearestOf(asked, MODES);
  throw new Refusal("USAGE", `GROWTH_ENGINE_RUNTIME is "${asked}"`, {
    hint: near === null ? `known are: ${MODES.join(", ")}` : `did you mean "${near}"?`,
  });
}
