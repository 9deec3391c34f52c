import { Refusal } from "../../../platform/errors/index.ts";
import { EXIT } from "../../../vocabulary/exit-code.ts";
import { type Edge, findCycle } from "./find-cycle.ts";

/** As many names as a person reads. */
const SHOWN = 20;

/** Refuses tasks to wait for that are not there, all by name. @throws Refusal TASK_DEPENDENCY_MISSING */
export function refuseMissing(wanted: Iterable<string>, there: ReadonlySet<string>): void {
  const missing = [...new Set(wanted)].filter((id) => !there.has(id));
  if (missing.length === 0) return;
  const more = missing.length > SHOWN ? `, and ${missing.length - SHOWN} more` : "";
  throw new Refusal(
    "TASK_DEPENDENCY_MISSING",
    `the fleet has no task ${missing.slice(0, SHOWN).join(", ")}${more} to wait for`,
    { hint: `growth-engine task add ${missing[0]}`, exit: EXIT.no },
  );
}

/** Refuses dependencies that lead in a circle, which is told. @throws Refusal TASK_CYCLE */
export function refuseCycle(edges: readonly Edge[]): void {
  const cycle = findCycle(edges);
  if (!cycle) return;
  const inside = cycle.slice(1);
  const shown = inside.length > SHOWN ? [...inside.slice(0, SHOWN), "…", cycle[0]] : inside;
  throw new Refusal(
    "TASK_CYCLE",
    `they would wait for each other: ${cycle[0]} → ${shown.join(" → ")} (read → as "waits for")`,
    { hint: "leave one of these dependencies out", exit: EXIT.no },
  );
}
