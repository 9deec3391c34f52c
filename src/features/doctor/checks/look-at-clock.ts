import { formatDuration } from "../../../vocabulary/duration.ts";
import { type Finding, fail, ok } from "../../../vocabulary/health.ts";
import type { CheckoutGround } from "../checkout-ground.ts";

/** As much as `evidence/future` lets a record lie ahead of its commit. */
const AHEAD_MS = 300_000;

/** Is this machine's clock behind the work that it has? @param committed milliseconds since 1970; null before any commit */
export function judgeHeadClock(committed: number | null, now: number): Finding {
  if (committed === null) return ok("no commit to compare with");
  const ahead = committed - now;
  const facts = { head_ago_ms: -ahead };
  if (ahead <= AHEAD_MS) return ok(`the head commit is ${formatDuration(Math.max(0, -ahead))} old`, facts);
  return fail(
    `the head commit lies ${formatDuration(ahead)} in the future: this clock, or its author's, is wrong`,
    "compare it with https://time.is, and let the machine keep time: timedatectl set-ntp true",
    facts,
  );
}

export async function lookAtClock({
  repository,
  now,
}: Pick<CheckoutGround, "repository" | "now">): Promise<Finding> {
  const { status, stdout } = await repository.git(["log", "-1", "--format=%ct", "HEAD", "--"], {
    accept: [0, 128],
  });
  return judgeHeadClock(status === 0 ? Number(stdout.toString()) * 1_000 : null, now);
}
