import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeCheck } from "./judge-answers.ts";
import type { WorkflowEnd } from "./run/play-delivery.ts";
import type { Conclusion } from "./workflow/evaluate-condition.ts";
import type { TriggerName } from "./workflow/occasion.ts";
import type { CheckAnswer } from "./workflow/play-jobs.ts";

function end(
  trigger: TriggerName,
  conclusion: Conclusion | null,
  fields: Partial<CheckAnswer> = {},
): WorkflowEnd {
  const answer = { check: "c", reason: `says ${conclusion}`, own: false, unplayed: false, ...fields };
  return {
    file: "w.yml",
    trigger,
    notTriggered: conclusion === null ? "no such trigger" : null,
    answers: conclusion === null ? [] : [{ ...answer, conclusion }],
  };
}

describe("judgeCheck", () => {
  it("takes an answer that is what the guards say", () => {
    expect(judgeCheck("c", [[end("pull_request_target", "success")]], true)).toMatchObject({
      answer: "pass",
      wrong: null,
    });
    expect(judgeCheck("c", [[end("pull_request_target", "failure")]], false)).toMatchObject({
      answer: "fail",
      wrong: null,
    });
  });

  it("names an answer that is not", () => {
    expect(judgeCheck("c", [[end("push", "success")]], false).wrong).toBe("falsely green");
    expect(judgeCheck("c", [[end("push", "failure")]], true).wrong).toBe("falsely red");
  });

  it("is pending where nothing answers, and says why", () => {
    expect(judgeCheck("c", [[end("merge_group", null)]], true)).toEqual({
      answer: "pending",
      wrong: "pending",
      reason: "no such trigger",
    });
    expect(judgeCheck("other", [[end("push", "success")]], true).reason).toBe(
      "no job of the workflow has this name",
    );
    expect(judgeCheck("c", [[]], true).reason).toBe("no workflow uses Growth Engine");
  });

  it("keeps an answer that an event without a run leaves standing", () => {
    const deliveries = [[end("pull_request_target", "success")], [end("pull_request_target", null)]];
    expect(judgeCheck("c", deliveries, true)).toMatchObject({ answer: "pass", wrong: null });
    expect(judgeCheck("c", deliveries, false).wrong).toBe("falsely green");
  });

  it("lets a newer run of the same kind take the place of the older", () => {
    const deliveries = [[end("pull_request_target", "failure")], [end("pull_request_target", "success")]];
    expect(judgeCheck("c", deliveries, true).answer).toBe("pass");
  });

  it("never takes a skipped job for an answer, since GitHub counts it as success", () => {
    expect(judgeCheck("c", [[end("push", "skipped")]], true).wrong).toBe("falsely green");
  });

  it("sees two answers that contradict each other", () => {
    const both = [[end("pull_request_target", "failure"), end("pull_request", "success")]];
    expect(judgeCheck("c", both, false).wrong).toBe("two answers");
  });

  it("trusts no answer that the change gives itself, nor one that was not played", () => {
    expect(judgeCheck("c", [[end("pull_request", "success", { own: true })]], true).wrong).toBe(
      "falsely green",
    );
    expect(judgeCheck("c", [[end("push", "success", { unplayed: true })]], true).wrong).toBe("not played");
  });

  it("finds nothing wrong only where something answered, and as the guards do", () => {
    const conclusion = fc.constantFrom<Conclusion | null>("success", "failure", "cancelled", "skipped", null);
    const trigger = fc.constantFrom<TriggerName>("pull_request", "pull_request_target", "push");
    const ends = fc.array(fc.array(fc.tuple(trigger, conclusion).map(([name, said]) => end(name, said))));
    fc.assert(
      fc.property(ends, fc.boolean(), (deliveries, should) => {
        const { answer, wrong } = judgeCheck("c", deliveries, should);
        if (wrong === null) expect(answer).toBe(should ? "pass" : "fail");
      }),
    );
  });
});
