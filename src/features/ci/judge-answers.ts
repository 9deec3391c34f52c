import type { WorkflowEnd } from "./run/play-delivery.ts";
import type { CheckAnswer } from "./workflow/play-jobs.ts";

/** What a required check says in the end, as a person would see it. */
export type Answer = "pass" | "fail" | "skipped" | "pending" | "both" | "unknown";

/** What is wrong with an answer; null where nothing is. */
export type Wrong = "pending" | "falsely green" | "falsely red" | "two answers" | "not played";

export interface Judged {
  answer: Answer;
  wrong: Wrong | null;
  reason: string;
}

interface Said extends CheckAnswer {
  file: string;
  trigger: string;
}

/**
 * The answers that stand on the commit: of each workflow and trigger the last one, since a newer run of the same kind
 * takes the place of the older. What different triggers said stands side by side.
 */
function standing(check: string, deliveries: readonly (readonly WorkflowEnd[])[]): Said[] {
  const latest = new Map<string, Said>();
  for (const end of deliveries.flat()) {
    for (const answer of end.answers.filter((given) => given.check === check)) {
      latest.set(`${end.trigger} ${end.file}`, { ...answer, file: end.file, trigger: end.trigger });
    }
  }
  return [...latest.values()];
}

/** A trigger that is there and did not fire says more than one that the workflow never had. */
function telling(reasons: readonly string[]): readonly string[] {
  const specific = reasons.filter((reason) => !reason.startsWith("the workflow has no "));
  return [...new Set(specific.length > 0 ? specific : reasons)];
}

function pending(deliveries: readonly (readonly WorkflowEnd[])[]): Judged {
  const ends = deliveries.at(-1) ?? [];
  const reasons = ends.map(({ notTriggered }) => notTriggered ?? "no job of the workflow has this name");
  const reason = telling(reasons).join("; ") || "no workflow uses Growth Engine";
  return { answer: "pending", wrong: "pending", reason };
}

function judgeSuccess(said: readonly Said[], should: boolean): Judged {
  const own = said.find((answer) => answer.own);
  const shown = own ?? said[0];
  const reason = shown?.reason ?? "";
  if (own) return { answer: "pass", wrong: "falsely green", reason };
  if (said.some((answer) => answer.unplayed)) return { answer: "unknown", wrong: "not played", reason };
  return { answer: "pass", wrong: should ? null : "falsely green", reason };
}

/**
 * What comes of one check after one or more events, which all spoke of the same commit.
 * @param should whether the guards let this change pass
 */
export function judgeCheck(
  check: string,
  deliveries: readonly (readonly WorkflowEnd[])[],
  should: boolean,
): Judged {
  const said = standing(check, deliveries);
  if (said.length === 0) return pending(deliveries);
  const skipped = said.find(({ conclusion }) => conclusion === "skipped");
  // GitHub counts a skipped job as success, whatever the change holds.
  if (skipped) return { answer: "skipped", wrong: "falsely green", reason: skipped.reason };
  const failed = said.filter(({ conclusion }) => conclusion !== "success");
  if (failed.length === 0) return judgeSuccess(said, should);
  const passed = said.find(({ conclusion }) => conclusion === "success");
  if (passed) {
    const reason = `${passed.trigger} says pass, ${failed[0]?.trigger} says fail, and GitHub takes one of them`;
    return { answer: "both", wrong: passed.own ? "falsely green" : "two answers", reason };
  }
  return { answer: "fail", wrong: should ? "falsely red" : null, reason: failed[0]?.reason ?? "" };
}
