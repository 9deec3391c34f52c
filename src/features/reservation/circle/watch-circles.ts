import type { Transaction } from "../../../platform/database/index.ts";
import { gatherWaits } from "./gather-waits.ts";
import { findCircles, nameCircle } from "./rules.ts";
import { keepCircles, listFleetsWaiting } from "./wait-store.ts";

/**
 * Finds circles that were closed by something else than a new wait (which is refused): a task that was made to depend
 * on another, or given to somebody else.
 */
export async function watchCircles(transaction: Transaction, now: number): Promise<void> {
  for (const fleet of await listFleetsWaiting(transaction)) {
    const { waits } = await gatherWaits(transaction, fleet);
    const circles = findCircles(waits).map((steps) => ({ circle: nameCircle(steps), steps }));
    await keepCircles(transaction, fleet, circles, now);
  }
}
