import type { ChecklistBox } from "../../vocabulary/checklist.ts";
import type { CheckState, HealthCheck } from "../../vocabulary/health.ts";
import type { Survey } from "./contract.ts";

/** A box of the checklist, ticked or not, with what was seen. `unknown` is a box that nobody could tell. */
export interface FilledBox {
  box: ChecklistBox;
  state: CheckState;
  because: string;
}

const SHOWN = 3;

function list(names: readonly string[], total = names.length): string {
  const shown = names.slice(0, SHOWN).join(", ");
  return total > SHOWN ? `${shown} and ${total - SHOWN} more` : shown;
}

/** What is active only when something arrives: a week without any is no proof that it works. */
const ARRIVES: ReadonlySet<string> = new Set(["evidence", "verdicts"]);

/** The boxes that follow from checks of these names; one that was not looked at could not be told. */
function fromChecks(box: ChecklistBox, names: readonly string[], checks: readonly HealthCheck[]): FilledBox {
  const found = names.map((name) => checks.find((check) => check.name === name));
  const missing = names.filter((_, at) => found[at] === undefined);
  const there = found.filter((check) => check !== undefined);
  const bad = there.find(({ state }) => state === "fail");
  if (bad) return { box, state: "fail", because: `${bad.name}: ${bad.says}` };
  const untold = there.find(({ state }) => state === "unknown");
  if (untold) return { box, state: "unknown", because: `${untold.name}: ${untold.says}` };
  const silent = there.find(({ name, state }) => state === "warn" && ARRIVES.has(name));
  if (silent) return { box, state: "unknown", because: `${silent.name}: ${silent.says}` };
  if (missing.length > 0) return { box, state: "unknown", because: `not looked at: ${missing.join(", ")}` };
  return { box, state: "ok", because: there.map(({ name, says }) => `${name}: ${says}`).join("; ") };
}

function health(checks: readonly HealthCheck[]): FilledBox {
  const box = "System health check completed";
  const of = (state: CheckState) => checks.filter((check) => check.state === state).map(({ name }) => name);
  const [failed, untold] = [of("fail"), of("unknown")];
  if (checks.length === 0) return { box, state: "unknown", because: "nothing was looked at" };
  if (failed.length > 0) return { box, state: "fail", because: `not well: ${list(failed)}` };
  if (untold.length > 0) return { box, state: "unknown", because: `could not be told: ${list(untold)}` };
  const look = of("warn");
  const seen = `${checks.length} checks answered well`;
  return { box, state: "ok", because: look.length === 0 ? seen : `${seen}; worth a look: ${list(look)}` };
}

function agents(survey: Survey): FilledBox {
  const box = "All agents have active tasks";
  const { count, names } = survey.idle;
  if (survey.agents === 0) return { box, state: "fail", because: "the fleet has no agents" };
  if (count === 0) return { box, state: "ok", because: `${survey.agents} agents hold a task each` };
  return { box, state: "fail", because: `${count} of ${survey.agents} hold none: ${list(names, count)}` };
}

function blockers(survey: Survey): FilledBox {
  const box = "No critical blockers identified";
  const { count, items } = survey.blockers;
  if (count === 0)
    return { box, state: "ok", because: "no P0 or P1 is blocked, and nothing blocked holds others up" };
  const named = items.map(({ task, holds_up }) => (holds_up > 0 ? `${task} (holds up ${holds_up})` : task));
  return { box, state: "fail", because: `${count} blocked: ${list(named, count)}` };
}

const UNASKED = "the control plane was not asked";

/**
 * Fills the specification's checklist from what was seen. No box is ticked by default: what was not looked at could not
 * be told. @param survey null where the control plane could not be asked
 */
export function judgeChecklist(checks: readonly HealthCheck[], survey: Survey | null): FilledBox[] {
  const untold = (box: ChecklistBox): FilledBox => ({ box, state: "unknown", because: UNASKED });
  return [
    health(checks),
    survey ? agents(survey) : untold("All agents have active tasks"),
    survey ? blockers(survey) : untold("No critical blockers identified"),
    fromChecks("MCP Evidence tracking active", ["evidence", "records"], checks),
    fromChecks("Heartbeat monitoring operational", ["heartbeat"], checks),
    fromChecks("Dev MCP Ban enforcement active", ["ban"], checks),
    fromChecks("CI Guards functioning", ["guards", "verdicts", "ci"], checks),
  ];
}
