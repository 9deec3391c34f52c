import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { cliFile } from "../harness/cli-file.ts";
import { lastRun, record } from "../harness/recorded-runs.ts";
import { runNode, temporaryFolder, temporaryRepository } from "../harness/temporary-repository.ts";

const TOTALS = pathToFileURL(join(dirname(cliFile()), "runner-totals.mjs"));

/** Runs a script that plays a runner with our reporter, and reads what the reporter left behind. */
async function play(script: string) {
  const folder = temporaryFolder();
  const source = `import totals from "${TOTALS}"; ${script}`;
  const { code, out, err } = await runNode(["--input-type=module", "-e", source], {
    env: { GROWTH_ENGINE_TOTALS: folder },
  });
  const files = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")));
  return { said: [code, out, err], files };
}

it("counts the results that Jest hands to its processor, and hands them back", async () => {
  const results = {
    numPassedTests: 3,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 1,
    numTotalTests: 7,
  };
  const script = `const given = ${JSON.stringify(results)}; if (totals(given) !== given) process.exitCode = 1;`;
  expect(await play(script)).toEqual({
    said: [0, "", ""],
    files: [{ source: "jest", exist: 7, passed: 3, failed: 1, skipped: 3 }],
  });
});

it("counts each test of Playwright's suite once, however often it was tried", async () => {
  const script = `
    const outcomes = ["expected", "flaky", "unexpected", "skipped"];
    const reporter = new totals({});
    reporter.onBegin({}, { allTests: () => outcomes.map((outcome) => ({ outcome: () => outcome })) });
    reporter.onEnd();
    if (reporter.printsToStdio()) process.exitCode = 1;`;
  expect(await play(script)).toEqual({
    said: [0, "", ""],
    files: [{ source: "playwright", exist: 4, passed: 2, failed: 1, skipped: 1 }],
  });
});

it("leaves a run alone when there is no place for totals", async () => {
  const script = `process.env.GROWTH_ENGINE_TOTALS = "/nowhere/at/all"; new totals().onFinished([]);`;
  expect(await play(script)).toEqual({ said: [0, "", ""], files: [] });
});

const hasPytest = spawnSync("python3", ["-m", "pytest", "--version"]).status === 0;

it.runIf(hasPytest)("asks pytest by its own variable", async () => {
  const test = "import pytest\ndef test_a(): pass\n@pytest.mark.skip\ndef test_b(): pass\n";
  const repository = temporaryRepository({ "test_x.py": test, ".gitignore": "__pycache__\n.pytest_cache\n" });
  const { code } = await record(repository, ["--kind", "unit", "--", "python3", "-m", "pytest", "-q"]);
  expect([code, lastRun(repository.folder).totals]).toEqual([
    0,
    { exist: 2, passed: 1, failed: 0, skipped: 1, source: "pytest" },
  ]);
});
