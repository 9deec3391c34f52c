export { type CompletionRun, completionRuns } from "./completion-runs.ts";
export { gatherRuns } from "./range/gather-runs.ts";
export { judgeRuns } from "./range/judge-runs.ts";
export type { KindFacts, RunFacts } from "./range/run-facts.ts";
export { summariseRuns } from "./range/summarise-runs.ts";
