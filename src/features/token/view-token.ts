import { utcTimestamp } from "../../platform/clock/index.ts";
import type { TokenView } from "./contract.ts";
import type { TokenRow } from "./store.ts";

const written = (instant: number | null): string | null => (instant === null ? null : utcTimestamp(instant));

/** A token as it crosses the wire: never its sum. */
export function viewToken(row: TokenRow): TokenView {
  return {
    ...row,
    created_at: utcTimestamp(row.created_at),
    expires_at: written(row.expires_at),
    revoked_at: written(row.revoked_at),
  };
}
