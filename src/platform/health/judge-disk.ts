import { formatBytes } from "../../vocabulary/bytes.ts";
import { type Finding, fail, ok, warn } from "../../vocabulary/health.ts";

const GIB = 2 ** 30;

/** What cannot write stops; below these, it soon cannot. */
const LOW = { share: 0.1, bytes: 5 * GIB };
const OUT = { share: 0.02, bytes: GIB / 2 };

/** Bytes of a disk. */
export interface DiskFacts {
  free: number;
  size: number;
}

/** Is there room? A share alone would warn on a large disk with much room, bytes alone on a small one. */
export function judgeDisk({ free, size }: DiskFacts, hint = "make room on this disk"): Finding {
  const facts = { free_bytes: free, size_bytes: size };
  const share = size === 0 ? 0 : free / size;
  const says = `${formatBytes(free)} of ${formatBytes(size)} free (${Math.round(share * 100)} %)`;
  const below = (limit: typeof LOW) => share < limit.share && free < limit.bytes;
  if (below(OUT) || free < OUT.bytes / 4) return fail(`${says}: what writes here soon fails`, hint, facts);
  return below(LOW) ? warn(says, hint, facts) : ok(says, facts);
}
