import { describe, expect, it } from "vitest";
import type { Conclusion } from "./evaluate-condition.ts";
import { playJobs } from "./play-jobs.ts";
import { readWorkflow } from "./read-workflow.ts";

/** Plays jobs of which each ends as told; returns `check: conclusion`. */
async function play(
  jobs: string,
  ends: Record<string, Conclusion> = {},
  github: Record<string, unknown> = {},
) {
  const workflow = await readWorkflow("w.yml", `on: push\njobs:\n${jobs}`);
  expect(workflow.problems).toEqual([]);
  const answers = await playJobs(workflow, { github }, async (job) => ({
    conclusion: ends[job.id] ?? "success",
    reason: "",
    own: false,
    unplayed: false,
  }));
  return Object.fromEntries(answers.map(({ check, conclusion }) => [check, conclusion]));
}

const STEPS = "runs-on: x, steps: [{ run: a }]";

describe("playJobs", () => {
  it("names checks by job, by name, and by the values of a matrix", async () => {
    const jobs = `  a: { ${STEPS} }\n  b: { name: the b, ${STEPS} }\n  c: { strategy: { matrix: { x: [1, 2] } }, ${STEPS} }\n  d: { name: "d-\${{ matrix.x }}", strategy: { matrix: { x: [1] } }, ${STEPS} }\n`;
    expect(Object.keys(await play(jobs))).toEqual(["a", "the b", "c (1)", "c (2)", "d-1"]);
  });

  it("skips what needs a job that failed, unless it always runs", async () => {
    const jobs = `  a: { ${STEPS} }\n  b: { needs: a, ${STEPS} }\n  c: { needs: b, if: always(), ${STEPS} }\n  d: { needs: c, ${STEPS} }\n`;
    // d needs only c, which passed; but GitHub's success() asks every job before it.
    expect(await play(jobs, { a: "failure" })).toEqual({
      a: "failure",
      b: "skipped",
      c: "success",
      d: "skipped",
    });
  });

  it("evaluates conditions on the event and on the results of others", async () => {
    const jobs = `  a: { if: "!github.event.pull_request.draft", ${STEPS} }\n  b: { needs: a, if: "\${{ !cancelled() && needs.a.result == 'skipped' }}", ${STEPS} }\n`;
    expect(await play(jobs, {}, { event: { pull_request: { draft: true } } })).toEqual({
      a: "skipped",
      b: "success",
    });
    expect(await play(jobs, {}, { event: { pull_request: { draft: false } } })).toEqual({
      a: "success",
      b: "skipped",
    });
  });

  it("lets a job that may fail not fail what needs it", async () => {
    const jobs = `  a: { continue-on-error: true, ${STEPS} }\n  b: { needs: a, ${STEPS} }\n`;
    expect(await play(jobs, { a: "failure" })).toEqual({ a: "failure", b: "success" });
  });
});
