import { EXIT, type ExitCode } from "./exit-code.ts";

/** How a check ended. `unknown` is what could not be told, which is never a pass. */
export const CHECK_STATES = ["ok", "warn", "fail", "unknown"] as const;
export type CheckState = (typeof CHECK_STATES)[number];

/** What was seen of one thing that has to be well. */
export interface HealthCheck {
  /** Such as `database`. */
  name: string;
  state: CheckState;
  /** One sentence: what was seen. */
  says: string;
  /** The command or edit that mends it; null where there is nothing to mend. */
  hint: string | null;
  /** The same for programs; units stand in the names. */
  facts: Readonly<Record<string, unknown>>;
}

/** A check before it has its name. */
export type Finding = Omit<HealthCheck, "name">;

/** Well. */
export function ok(says: string, facts: HealthCheck["facts"] = {}): Finding {
  return { state: "ok", says, hint: null, facts };
}

/** Well enough to go on, and worth a look. */
export function warn(says: string, hint: string | null, facts: HealthCheck["facts"] = {}): Finding {
  return { state: "warn", says, hint, facts };
}

/** Not well. */
export function fail(says: string, hint: string | null, facts: HealthCheck["facts"] = {}): Finding {
  return { state: "fail", says, hint, facts };
}

/** Could not be told. */
export function unknown(says: string, hint: string | null, facts: HealthCheck["facts"] = {}): Finding {
  return { state: "unknown", says, hint, facts };
}

/** From well to worst. */
const ORDER: readonly CheckState[] = ["ok", "warn", "unknown", "fail"];

/** The worst of several states; `ok` of none. */
export function worstState(states: readonly CheckState[]): CheckState {
  return ORDER[Math.max(0, ...states.map((state) => ORDER.indexOf(state)))] ?? "ok";
}

const EXIT_OF: Record<CheckState, ExitCode> = {
  ok: EXIT.ok,
  warn: EXIT.ok,
  fail: EXIT.no,
  unknown: EXIT.fault,
};

/** 1 when something fails, else 3 when something could not be told, else 0. */
export function exitOfChecks(checks: readonly Pick<HealthCheck, "state">[]): ExitCode {
  return EXIT_OF[worstState(checks.map(({ state }) => state))];
}
