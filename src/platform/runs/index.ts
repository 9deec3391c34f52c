export { type Run, readRuns } from "./read-runs.ts";
export { rememberRun } from "./remember-run.ts";
