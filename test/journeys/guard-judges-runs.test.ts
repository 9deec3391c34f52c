import { describe, expect, it } from "vitest";
import { completionRuns } from "../../src/features/run/index.ts";
import { openRepository } from "../../src/platform/git/index.ts";
import { nodeTests, record } from "../harness/recorded-runs.ts";
import { type TemporaryRepository, temporaryRepository } from "../harness/temporary-repository.ts";

const CONFIG = JSON.stringify({ run: { require: { "src/**": ["unit"] } } });

function project(): TemporaryRepository {
  const repository = temporaryRepository({
    "growth-engine.json": CONFIG,
    "package.json": JSON.stringify({ scripts: { test: "node --test" } }),
    "src/a.mjs": "1",
    "a.test.mjs": nodeTests(4),
  });
  repository.branch("work");
  return repository;
}

const unit = (repository: TemporaryRepository, command = ["npm", "test"]) =>
  record(repository, ["--kind", "unit", "--", ...command]);

async function judge(repository: TemporaryRepository) {
  const { out } = await repository.runCli(["guard", "witness", "--base", "main", "--format", "json"]);
  const [guard] = JSON.parse(out).guards;
  const findings = guard.findings as { rule: string; level: string; message: string }[];
  const ours = findings.filter(({ rule }) => rule.startsWith("run/"));
  return {
    verdict: guard.verdict,
    summary: guard.summary,
    findings: ours.map(({ rule, level, message }) => [rule, level, message]),
  };
}

describe("guard witness on recorded runs", () => {
  it("wants a required run, on the last edit, whatever git makes of the commits", async () => {
    const repository = project();
    repository.write("src/a.mjs", "2");
    repository.commit("edit");
    expect(await judge(repository)).toMatchObject({
      verdict: "fail",
      findings: [["run/missing", "block", expect.stringContaining("src/a.mjs changed")]],
    });

    await unit(repository);
    repository.commit("record");
    expect(await judge(repository)).toMatchObject({
      verdict: "pass",
      findings: [],
      summary: expect.stringContaining("covers this very tree"),
    });

    repository.write("README.md", "words");
    repository.write("src/a.mjs", "3");
    repository.commit("edit once more");
    const [[rule, level, message] = []] = (await judge(repository)).findings;
    expect([rule, level, message]).toEqual([
      "run/stale",
      "block",
      expect.stringMatching(/these files changed after it: src\/a\.mjs$/),
    ]);

    await unit(repository);
    repository.commit("record again");
    repository.move("main");
    repository.write("src/other.mjs", "of somebody else");
    repository.commit("elsewhere");
    repository.move("work");
    repository.git("rebase", "--quiet", "main");
    const rebased = await judge(repository);
    expect(rebased).toMatchObject({
      verdict: "pass",
      findings: [],
      summary: expect.stringContaining(
        "covers every file of the change, with 1 file as the base had them then",
      ),
    });

    repository.git("reset", "--quiet", "--soft", "main");
    repository.commit("squashed");
    expect(await judge(repository)).toMatchObject({ verdict: "pass", findings: [] });

    repository.branch("merged", "main");
    repository.merge("work");
    expect(await judge(repository)).toMatchObject({ verdict: "pass", findings: [] });
  });

  it("sees files that were there for the run alone, and a run that failed later", async () => {
    const repository = project();
    repository.write("src/a.mjs", "2");
    repository.write("src/forgotten.mjs", "needed by a test");
    await unit(repository);
    repository.git("add", "src/a.mjs", "artifacts");
    repository.git("commit", "--quiet", "-m", "without a file");
    expect((await judge(repository)).findings).toEqual([
      ["run/stale", "block", expect.stringContaining("src/forgotten.mjs")],
    ]);

    repository.remove("src/forgotten.mjs");
    await unit(repository);
    await unit(repository, ["sh", "-c", "exit 1"]);
    repository.commit("failed");
    expect((await judge(repository)).findings).toEqual([
      ["run/failed", "block", expect.stringContaining("exit 1")],
    ]);
  });

  it("sees fewer tests than at the base, and totals that were only printed", async () => {
    const repository = project();
    repository.move("main");
    await unit(repository);
    repository.commit("recorded at the base");
    repository.branch("fewer");
    repository.write("src/a.mjs", "2");
    repository.write("a.test.mjs", nodeTests(3));
    await unit(repository);
    repository.commit("fewer tests");
    expect(await judge(repository)).toMatchObject({
      verdict: "pass",
      findings: [
        [
          "run/shrunk",
          "warn",
          expect.stringMatching(/^3 tests exist in .*; 4 in the last one recorded at the base/),
        ],
      ],
    });
    await unit(repository, ["echo", "4 passed"]);
    repository.commit("printed");
    expect((await judge(repository)).findings).toEqual([
      ["run/claimed-totals", "observe", expect.stringContaining("4 passed")],
    ]);
  });

  it("hands in with a completed task the last run of each kind on exactly this commit", async () => {
    const repository = project();
    await unit(repository, ["sh", "-c", "exit 1"]);
    await unit(repository);
    await record(repository, ["--kind", "security", "--", "true"]);
    repository.commit("records alone");
    const runs = await completionRuns(await openRepository(repository.folder), "ada");
    expect(
      runs.map(({ kind, passed, reference }) => [kind, passed, /run\..*jsonl:\d$/.test(reference)]),
    ).toEqual([
      ["unit", true, true],
      ["security", true, true],
    ]);
    expect(await completionRuns(await openRepository(repository.folder), "bob")).toEqual([]);
    repository.write("src/a.mjs", "2");
    repository.commit("edit");
    expect(await completionRuns(await openRepository(repository.folder), "ada")).toEqual([]);
  });
});
