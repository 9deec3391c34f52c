import { type Went, writeCounts } from "./write-counts.ts";

/** Of Jest's AggregatedResult (https://jestjs.io/docs/configuration#testresultsprocessor-string). */
interface JestResults {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
}
/** Of Vitest's TestModule (https://vitest.dev/api/advanced/test-module). */
interface VitestModule {
  children: { allTests(): Iterable<{ result(): { state: string } }> };
}
/** Of Vitest's files before version 3 had modules. */
interface VitestTask {
  type: string;
  tasks?: VitestTask[];
  result?: { state?: string };
}
/** Of Playwright's Suite (https://playwright.dev/docs/api/class-suite). */
interface PlaywrightSuite {
  allTests(): { outcome(): "skipped" | "expected" | "unexpected" | "flaky" }[];
}
const PLAYWRIGHT = { skipped: "skipped", expected: "passed", flaky: "passed", unexpected: "failed" } as const;

const wentAs = (state: string | undefined): Went =>
  state === "pass" || state === "passed" ? "passed" : state?.startsWith("fail") ? "failed" : "skipped";

function testsBelow(task: VitestTask): Went[] {
  return task.tasks ? task.tasks.flatMap(testsBelow) : [wentAs(task.result?.state)];
}

/** A reporter of Vitest and of Playwright; each calls the methods that it knows. */
class Reporter {
  #suite: PlaywrightSuite | undefined;

  onBegin(_: unknown, suite: PlaywrightSuite): void {
    this.#suite = suite;
  }

  onEnd(): void {
    const tests = this.#suite?.allTests();
    if (tests)
      writeCounts(
        "playwright",
        tests.map((test) => PLAYWRIGHT[test.outcome()]),
      );
  }

  /** Another reporter prints. */
  printsToStdio(): boolean {
    return false;
  }

  onTestRunEnd(modules: readonly VitestModule[]): void {
    const tests = modules.flatMap(({ children }) => [...children.allTests()]);
    writeCounts(
      "vitest",
      tests.map((test) => wentAs(test.result().state)),
    );
  }

  onFinished(files: readonly VitestTask[] = []): void {
    writeCounts("vitest", files.flatMap(testsBelow));
  }
}

function* jestTests({
  numPassedTests,
  numFailedTests,
  numPendingTests,
  numTodoTests,
}: JestResults): Generator<Went> {
  for (let at = 0; at < numPassedTests; at += 1) yield "passed";
  for (let at = 0; at < numFailedTests; at += 1) yield "failed";
  for (let at = 0; at < numPendingTests + numTodoTests; at += 1) yield "skipped";
}

/**
 * One file that three runners take: a reporter class for Vitest and Playwright, a function over results for Jest. It
 * prints nothing.
 */
function totals(this: unknown, given?: JestResults): unknown {
  if (new.target) return new Reporter();
  if (given) writeCounts("jest", jestTests(given));
  return given;
}

export { totals as default };
