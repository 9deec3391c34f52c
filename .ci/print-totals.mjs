// Prints `N passed, N failed` from Vitest's JSON report. A run that broke without a failed test counts as one failure.
import { readFileSync } from "node:fs";

const [file, code] = process.argv.slice(2);

function readTotals() {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(file, "utf8"));
    return { passed: numPassedTests, failed: numFailedTests };
  } catch (error) {
    console.error(`no report: ${error.message}`);
    return { passed: 0, failed: 0 };
  }
}

const { passed, failed } = readTotals();
console.log(`${passed} passed, ${code === "0" ? failed : Math.max(failed, 1)} failed`);
