import { describe, expect, it } from "vitest";
import type { Occasion } from "./occasion.ts";
import { readWorkflow } from "./read-workflow.ts";
import { whyNotTriggered } from "./why-not-triggered.ts";

const JOBS = "jobs: { a: { runs-on: x, steps: [{ run: 'true' }] } }\n";

async function why(on: string, occasion: Partial<Occasion>): Promise<string | null> {
  const workflow = await readWorkflow("w.yml", `on: ${on}\n${JOBS}`);
  const whole: Occasion = {
    trigger: "pull_request_target",
    action: "opened",
    branch: "main",
    paths: ["src/a.ts"],
    ...occasion,
  };
  return whyNotTriggered(workflow, whole);
}

describe("whyNotTriggered", () => {
  it("starts what has the trigger, in each spelling", async () => {
    expect(await why("pull_request_target", {})).toBeNull();
    expect(await why("[push, pull_request_target]", {})).toBeNull();
    expect(await why("{ pull_request_target: }", {})).toBeNull();
  });

  it("names a trigger that is missing", async () => {
    expect(await why("pull_request_target", { trigger: "merge_group", action: "checks_requested" })).toBe(
      "the workflow has no merge_group trigger",
    );
  });

  it("knows which types hold when none is named", async () => {
    expect(await why("pull_request_target", { action: "edited" })).toBe(
      "pull_request_target without the type edited",
    );
    expect(
      await why("pull_request_review", { trigger: "pull_request_review", action: "submitted" }),
    ).toBeNull();
    expect(await why("{ pull_request_target: { types: [edited] } }", { action: "edited" })).toBeNull();
    expect(await why("{ pull_request_target: { types: [edited] } }", {})).toContain(
      "without the type opened",
    );
  });

  it("looks at branches and paths", async () => {
    expect(await why("{ pull_request_target: { branches: ['rel/**'] } }", {})).toContain("branches filter");
    expect(await why("{ push: { branches-ignore: [main] } }", { trigger: "push", action: null })).toContain(
      "branches-ignore",
    );
    expect(await why("{ pull_request_target: { paths: ['app/**'] } }", {})).toContain("paths filter");
    expect(await why("{ pull_request_target: { paths-ignore: ['src/**'] } }", {})).toContain("paths-ignore");
    expect(await why("{ pull_request_target: { paths: ['src/**'] } }", {})).toBeNull();
    expect(await why("{ push: { tags: ['v*'] } }", { trigger: "push", action: null })).toContain("tags only");
  });

  it.each([
    ["no YAML", "on: [push\njobs: {"],
    ["a tab", "on:\n\tpush:\n"],
    ["an unknown event", `on: pushed\n${JOBS}`],
    [
      "a circle of jobs",
      "on: push\njobs:\n  a: { needs: b, runs-on: x, steps: [{ run: a }] }\n  b: { needs: a, runs-on: x, steps: [{ run: a }] }\n",
    ],
    [
      "a condition that is none",
      "on: push\njobs:\n  a: { if: 'github.ref ==', runs-on: x, steps: [{ run: a }] }\n",
    ],
    ["nothing", ""],
    ["a list", "- a\n- b\n"],
    ["aliases of aliases", `a: &a [x]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]\non: push\n${JOBS}`],
  ])("says that GitHub cannot read %s", async (_, content) => {
    const workflow = await readWorkflow("w.yml", content);
    expect(workflow.problems).not.toEqual([]);
    expect(whyNotTriggered(workflow, { trigger: "push", action: null, branch: "main", paths: [] })).toContain(
      "GitHub cannot read",
    );
  });
});
