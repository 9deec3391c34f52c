import { describe, expect, it } from "vitest";
import { chooseStage, planInclude } from "./plan-gitlab.ts";
import { settleAddition } from "./settle-addition.ts";

const ITEM = "- local: /.gitlab/growth-engine.yml";

function withInclude(pipeline: string | null): string | null {
  const addition = planInclude(pipeline);
  if (addition === null) return null;
  return (
    settleAddition(addition, pipeline === null ? null : Buffer.from(pipeline), undefined).after?.toString() ??
    null
  );
}

describe("planInclude", () => {
  it.each([
    [null, `include:\n  ${ITEM}\n`],
    ["build:\n  script: make\n", `build:\n  script: make\n\ninclude:\n  ${ITEM}\n`],
    ["include:\n  - local: a.yml\n", `include:\n  ${ITEM}\n  - local: a.yml\n`],
    ["include:\n- local: a.yml\nb: 1\n", `include:\n${ITEM}\n- local: a.yml\nb: 1\n`],
    ["include: # ours\n  # first\n  - a.yml\n", `include: # ours\n  ${ITEM}\n  # first\n  - a.yml\n`],
    ["job:\n  include: x\n", `job:\n  include: x\n\ninclude:\n  ${ITEM}\n`],
    ["a: 1\r\n", `a: 1\r\n\r\ninclude:\r\n  ${ITEM}\r\n`],
  ])("extends %j", (pipeline, after) => {
    expect(withInclude(pipeline)).toBe(after);
  });

  it.each(["include: a.yml\n", "include: [a.yml]\n", "include:\n  local: a.yml\n", "include:\n"])(
    "leaves %j to its author",
    (pipeline) => {
      expect(planInclude(pipeline)).toBeNull();
    },
  );

  it("finds itself, but not in a comment", () => {
    const there = `include:\n  ${ITEM}\n`;
    expect(withInclude(there)).toBe(there);
    expect(withInclude(`# .gitlab/growth-engine.yml\n`)).toContain(`\ninclude:\n  ${ITEM}\n`);
  });
});

describe("chooseStage", () => {
  it.each([
    [null, "test"],
    ["build:\n  script: make\n", "test"],
    ["stages: [build, test]\n", "test"],
    ["stages: ['lint', \"deploy\"]\n", "lint"],
    ["stages:\n  - build # first\n  - deploy\njob:\n  - x\n", "build"],
    ["stages:\n- build\n", "build"],
  ])("chooses for %j: %s", (pipeline, stage) => {
    expect(chooseStage(pipeline)).toBe(stage);
  });
});
