import type { Transaction } from "../../../platform/database/index.ts";
import { placeOf } from "../../record/index.ts";
import { EVIDENCE_LINES } from "./line-store.ts";

/** Which of these sums, in hexadecimal, kept lines of an evidence file have. */
export function findKeptEvidence(
  transaction: Transaction,
  fleet: string,
  { repository, path }: { repository: string; path: string },
  sums: readonly string[],
): Promise<ReadonlySet<string>> {
  return EVIDENCE_LINES.findSums(transaction, fleet, placeOf(repository, path), sums);
}
