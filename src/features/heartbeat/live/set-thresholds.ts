import type { Transaction } from "../../../platform/database/index.ts";
import type { BodyOf } from "../../../platform/endpoint/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import { findAgent } from "../../agent/index.ts";
import type { setThresholds as Endpoint, ThresholdsView } from "./contract.ts";
import { areRising, type ThresholdRow, thresholdsOf } from "./rules.ts";
import { listThresholds, saveThresholds, type ThresholdsRow, WHOLE_FLEET } from "./thresholds-store.ts";

type Wish = BodyOf<typeof Endpoint>;

const SECOND = 1_000;

/** What holds for an agent, or for the fleet, with what is left open filled in. */
export function viewThresholds(row: ThresholdsRow, fleet: ThresholdRow | undefined): ThresholdsView {
  const { interval, late, stale, offline } = thresholdsOf(row, fleet);
  return {
    agent: row.agent === WHOLE_FLEET ? null : row.agent,
    interval_seconds: interval / SECOND,
    late_seconds: late / SECOND,
    stale_seconds: stale / SECOND,
    offline_seconds: offline / SECOND,
    keep_days: row.keep_days,
  };
}

export const NO_THRESHOLDS: ThresholdsRow = {
  agent: WHOLE_FLEET,
  interval_s: null,
  late_s: null,
  stale_s: null,
  offline_s: null,
  keep_days: null,
};

function change(row: ThresholdsRow, wish: Wish): ThresholdsRow {
  const choose = (wished: number | null | undefined, before: number | null) =>
    wished === undefined ? before : wished;
  return {
    agent: row.agent,
    interval_s: choose(wish.interval_seconds, row.interval_s),
    late_s: choose(wish.late_seconds, row.late_s),
    stale_s: choose(wish.stale_seconds, row.stale_s),
    offline_s: choose(wish.offline_seconds, row.offline_s),
    keep_days: choose(wish.keep_days, row.keep_days),
  };
}

async function refuseAgent(transaction: Transaction, { agent, keep_days }: Wish): Promise<void> {
  if (agent === undefined) return;
  if (keep_days !== undefined)
    throw new Refusal("INPUT_INVALID", "how long beats are kept is said of the fleet, not of an agent");
  if (await findAgent(transaction, agent)) return;
  throw new Refusal("AGENT_UNKNOWN", `there is no agent ${agent} in this fleet`, {
    hint: "growth-engine agent list",
  });
}

function refuseFalling(changed: ThresholdsRow, fleet: ThresholdRow | undefined): void {
  const thresholds = thresholdsOf(changed, fleet);
  if (areRising(thresholds)) return;
  const said = Object.entries(thresholds).map(([name, ms]) => `${name} ${ms / SECOND} s`);
  throw new Refusal("INPUT_INVALID", `these do not rise: ${said.join(", ")}`, {
    hint: "interval ≤ late ≤ stale ≤ offline; give those that have to move along",
  });
}

/** Sets thresholds of the fleet or of an agent. @throws Refusal AGENT_UNKNOWN, INPUT_INVALID */
export async function setThresholds(
  transaction: Transaction,
  fleet: string,
  wish: Wish,
  now: number,
): Promise<ThresholdsView> {
  await refuseAgent(transaction, wish);
  const rows = await listThresholds(transaction, fleet);
  const name = wish.agent ?? WHOLE_FLEET;
  const changed = change(rows.find(({ agent }) => agent === name) ?? { ...NO_THRESHOLDS, agent: name }, wish);
  const ofFleet = name === WHOLE_FLEET ? undefined : rows.find(({ agent }) => agent === WHOLE_FLEET);
  refuseFalling(changed, ofFleet);
  await saveThresholds(transaction, fleet, changed, now);
  return viewThresholds(changed, ofFleet);
}
