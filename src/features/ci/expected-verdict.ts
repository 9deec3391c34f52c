import type { Repository } from "../../platform/git/index.ts";
import { type Approval, judgeRange, parseApprovalText, type Subject } from "../guard/index.ts";
import type { Delivery } from "./scene/events.ts";
import type { Cast } from "./scene/payloads.ts";
import type { Variant } from "./scene/variant.ts";

/** What the guards say of a change: each by name, and `all`. */
export type Expected = ReadonlyMap<string, boolean>;

/** An approval of the pull request's head is carried to the merge that holds it. */
function approvalsOf({ facets }: Delivery, head: string, cast: Cast): Approval[] {
  const said = facets.review === null ? null : parseApprovalText(facets.review);
  return said ? [{ user: cast.reviewer, teams: cast.teams.map((team) => `@${team}`), head, ...said }] : [];
}

/** A queue and a push have no text: it was judged before. */
function subjectOf(variant: Variant, delivery: Delivery, cast: Cast): Subject {
  const { shape, facets } = delivery;
  const mergeGroup = shape === "merge-group-checks-requested";
  const isMerge = mergeGroup || shape === "push";
  const head = isMerge ? variant.merged : variant.head;
  const approvals = approvalsOf(delivery, head, cast);
  const text = isMerge ? null : facets.text;
  return { base: variant.base, head, text, actor: cast.author, mergeGroup, approvals };
}

/** Asks the guards themselves, without any forge between: what each check must say in the end. */
export async function expectedVerdict(
  forge: Repository,
  variant: Variant,
  delivery: Delivery,
  cast: Cast,
): Promise<Expected> {
  const { report } = await judgeRange(forge, subjectOf(variant, delivery, cast), "all");
  const overridden = report.overridden !== undefined;
  const each = report.guards.map(
    ({ guard, verdict }) => [guard, overridden || (verdict !== "fail" && verdict !== "error")] as const,
  );
  return new Map<string, boolean>([...each, ["all", report.verdict === "pass"]]);
}
