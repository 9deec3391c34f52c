import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { systemCode } from "../../platform/errors/index.ts";

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return [];
  }
}

function taskIn(path: string): string[] {
  try {
    const { task } = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
    return typeof task === "string" && task !== "" ? [task] : [];
  } catch {
    // Cut short, or let go of this moment: no claim.
    return [];
  }
}

/** Tasks that this working tree holds a claim on, as `task start` and `task claim` leave them behind. */
function heldTasks(gitDir: string): string[] {
  const folder = join(gitDir, "growth-engine/claims");
  const files = namesIn(folder).flatMap((holder) =>
    namesIn(join(folder, holder))
      .filter((name) => name.endsWith(".json"))
      .map((name) => join(folder, holder, name)),
  );
  return [...new Set(files.flatMap(taskIn))];
}

/**
 * Who works here on what: `GROWTH_ENGINE_AGENT` and `GROWTH_ENGINE_TASK`, else the one task that this checkout holds.
 * Of several held tasks none is guessed.
 */
export function whoWorks(
  env: Readonly<Record<string, string | undefined>>,
  checkout: { gitDir: string },
): { agent: string | null; task: string | null } {
  const held = env.GROWTH_ENGINE_TASK ? [env.GROWTH_ENGINE_TASK] : heldTasks(checkout.gitDir);
  return { agent: env.GROWTH_ENGINE_AGENT || null, task: held.length === 1 ? (held[0] ?? null) : null };
}
