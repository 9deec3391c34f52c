export { changedCode, codeMatcher } from "./code-matcher.ts";
export type { EvidenceLine } from "./contract.ts";
export type { ChangedFile, CitedFile, CitedPath, EvidenceFacts } from "./evidence-facts.ts";
export { type GatherOptions, gatherEvidence } from "./gather-evidence.ts";
export { judgeEvidence, summariseEvidence } from "./judge-evidence.ts";
export { type CommitWork, measureCoverage } from "./measure-coverage.ts";
export { readWork } from "./read-work.ts";
