import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../harness/temporary-repository.ts";

const PROGRAM = join(import.meta.dirname, "../../.ci/print-totals.mjs");

function totals(report: object | null, code: number): string {
  const file = join(temporaryFolder(), "report.json");
  if (report) writeFileSync(file, JSON.stringify(report));
  return spawnSync(process.execPath, [PROGRAM, file, String(code)], { encoding: "utf8" }).stdout;
}

describe("the last line of a CI run", () => {
  it("counts what passed and what failed", () => {
    expect(totals({ numPassedTests: 12, numFailedTests: 0 }, 0)).toBe("12 passed, 0 failed\n");
    expect(totals({ numPassedTests: 10, numFailedTests: 2 }, 1)).toBe("10 passed, 2 failed\n");
  });

  it("never says that nothing failed when the run did", () => {
    expect(totals({ numPassedTests: 12, numFailedTests: 0 }, 1)).toBe("12 passed, 1 failed\n");
    expect(totals(null, 1)).toBe("0 passed, 1 failed\n");
  });
});
