export {
  type AppendedEvidence,
  type AppendOptions,
  appendEvidence,
  type WrittenLine,
} from "./append-evidence.ts";
export { type ArchiveOptions, archiveRecords } from "./archive-records.ts";
export { assuranceOf } from "./assurance-of.ts";
export { checkLine, type LineFault } from "./check-line.ts";
export { changedCode, codeMatcher } from "./code-matcher.ts";
export type { EvidenceLine, Outcome } from "./contract.ts";
export { type CoverageQuery, type MeasuredCoverage, readCoverage } from "./cover-changes.ts";
export type { ChangedFile, CitedFile, CitedPath, EvidenceFacts } from "./evidence-facts.ts";
export { type FoundSecret, findSecrets } from "./find-secrets.ts";
export { type GatherOptions, gatherEvidence } from "./gather-evidence.ts";
export { judgeEvidence, summariseEvidence } from "./judge-evidence.ts";
export { type EvidenceQuery, type LeftOut, readEvidence } from "./list-evidence.ts";
export { type CommitWork, type Coverage, measureCoverage } from "./measure-coverage.ts";
export { entriesOf } from "./read-entries.ts";
export { type Part, readPart } from "./read-part.ts";
export { readWork } from "./read-work.ts";
export { recorderKind } from "./recorder-kind.ts";
export { takeOutSecrets } from "./take-out-secrets.ts";
export { verifyEvidenceFiles } from "./verify-evidence.ts";
export { withoutSecrets } from "./without-secrets.ts";
