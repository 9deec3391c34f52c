import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COMPLETION_POLICIES } from "../../../vocabulary/task.ts";
import { type Completion, judgeCompletion } from "./judge-completion.ts";

const TREE = "a".repeat(40);
const OTHER = "b".repeat(40);
const nothing: Completion = { criteria: [], links: [], open: [], facts: {} };
const run = (kind: "unit" | "integration", passed = true, tree = TREE) => ({ kind, passed, tree });
const says = (completion: Partial<Completion>, policy: (typeof COMPLETION_POLICIES)[number]) =>
  judgeCompletion({ ...nothing, ...completion }, [policy])[0]?.says ?? null;

describe("judgeCompletion", () => {
  it("asks nothing of what the fleet does not ask", () => {
    expect(judgeCompletion(nothing, [])).toEqual([]);
  });

  it("answers every unmet policy, each with what would meet it", () => {
    fc.assert(
      fc.property(fc.subarray([...COMPLETION_POLICIES]), (policies) => {
        const met = new Set(["dependencies", "criteria"]);
        const unmet = judgeCompletion(nothing, policies);
        expect(unmet.map(({ policy }) => policy)).toEqual(policies.filter((policy) => !met.has(policy)));
        for (const { mend } of unmet) expect(mend).not.toBe("");
      }),
    );
  });

  it("wants each dependency completed", () => {
    expect(says({ open: ["ENG-1", "ENG-2"] }, "dependencies")).toContain("ENG-1, ENG-2");
  });

  it("wants a proof for each criterion, and for no other", () => {
    const criteria = ["1", "2"].map((id) => ({ id, text: `text ${id}`, proof: null }));
    const proofs = (...ids: string[]) => ({ proofs: ids.map((criterion) => ({ criterion, proof: "p" })) });
    expect(says({ criteria, facts: proofs("1") }, "criteria")).toContain("2 (text 2)");
    expect(says({ criteria, facts: proofs("1", "3") }, "criteria")).toContain("no criterion 3");
    expect(says({ criteria, facts: proofs("1", "2") }, "criteria")).toBeNull();
  });

  it.each([
    [{}, "no evidence"],
    [{ evidence: { paths: [], records: 3 } }, "no evidence"],
    [{ evidence: { paths: ["a"], records: 0 } }, "no evidence"],
    [{ evidence: { paths: ["a"], records: 1 } }, null],
  ])("wants evidence that holds something: %j", (facts, answer) => {
    const said = says({ facts }, "evidence");
    answer === null ? expect(said).toBeNull() : expect(said).toContain(answer);
  });

  it.each([
    [{ notes: "  \n" }, "no notes"],
    [{ notes: "done" }, null],
  ])("wants notes that say something: %j", (facts, answer) => {
    const said = says({ facts }, "notes");
    answer === null ? expect(said).toBeNull() : expect(said).toContain(answer);
  });

  it("wants the task's own pull request, merged", () => {
    const links = [{ kind: "pull_request" as const, url: "https://a.example/1" }];
    const pull = (url: string, merged: boolean) => ({ facts: { pull_request: { url, merged } } });
    expect(says({ links, ...pull("https://a.example/2", true) }, "pull_request")).toContain(
      "none of the task",
    );
    expect(says({ links, ...pull("https://a.example/1", false) }, "pull_request")).toContain("not merged");
    expect(says({ links, ...pull("https://a.example/1", true) }, "pull_request")).toBeNull();
    expect(says(pull("https://a.example/2", true), "pull_request")).toBeNull();
  });

  it.each([
    [{ runs: [run("unit"), run("integration")] }, "not named"],
    [{ tree: TREE, runs: [run("unit")] }, "no integration"],
    [{ tree: TREE, runs: [run("unit"), run("integration", true, OTHER)] }, "no integration"],
    [{ tree: TREE, runs: [run("unit"), run("unit", false), run("integration")] }, "unit tests failed"],
    [{ tree: TREE, runs: [run("unit"), run("integration"), run("unit", false, OTHER)] }, null],
  ])("wants unit and integration runs passed on this very tree: %#", (facts, answer) => {
    const said = says({ facts }, "runs");
    answer === null ? expect(said).toBeNull() : expect(said).toContain(answer);
  });

  it("wants a check of this diff that found nothing", () => {
    const clean = { secrets: 0, ban: 0, dependencies: 0 };
    const checked = (security: typeof clean & { tree?: string }) => ({ facts: { tree: TREE, security } });
    expect(says({}, "security")).toContain("not checked");
    expect(says(checked({ ...clean, secrets: 2, ban: 1 }), "security")).toBe(
      "secrets found: 2, banned packages found: 1",
    );
    expect(says(checked({ ...clean, tree: OTHER }), "security")).toContain("another tree");
    expect(says(checked(clean), "security")).toBeNull();
    const ran = (tree: string) => ({ runs: [{ kind: "security" as const, passed: false, tree }] });
    expect(says({ facts: { ...checked(clean).facts, ...ran(TREE) } }, "security")).toContain(
      "run on this tree failed",
    );
    expect(says({ facts: { ...checked(clean).facts, ...ran(OTHER) } }, "security")).toBeNull();
  });
});
