import type { CommandContext } from "../../../platform/terminal/index.ts";
import { describeTime } from "../../task/index.ts";
import type { ReservationView } from "../contract.ts";
import { describeResources } from "../describe-resources.ts";

/** `as long as ENG-1 is held`, `in 14 min`, `–`. */
export function describeEnd(view: ReservationView, context: CommandContext): string {
  const { state, lease_until, task, ended_at, wait_until } = view;
  if (state === "waiting") return `waits ${describeTime(wait_until, context).replace(/^in /, "")} more`;
  if (state !== "held") return describeTime(ended_at, context);
  return lease_until === null ? `with ${task}` : describeTime(lease_until, context);
}

/** `ada (3), ben (4)`. */
export function describeWaits({ waits_for }: Pick<ReservationView, "waits_for">): string {
  return waits_for.map(({ agent, reservation }) => `${agent} (${reservation})`).join(", ");
}

/** What one that was just granted says. */
export function describeGrant(view: ReservationView, isKept: boolean, context: CommandContext): string {
  const { id, fence, resources, lease_until, task } = view;
  const end =
    lease_until === null
      ? `it ends with the claim of ${task}`
      : `it ends ${describeTime(lease_until, context)} unless renewed`;
  const kept = isKept ? "" : ` (no checkout here to remember it: --fence ${fence})`;
  return `reservation ${id} is yours, fence ${fence}${kept}: ${describeResources(resources)}; ${end}`;
}
