// `import … from "growth-engine"`: what the command line can do, as functions. They return plain JSON, print nothing
// and never end the process. What is exported here is promised; docs/reference/api.md is made from it.

export type { ScanRequest } from "../../features/ban/index.ts";
export {
  type AssuranceLevel,
  type Config,
  defaultConfig,
  parseConfig,
  type SectionName,
} from "../../features/config/index.ts";
export type {
  AppendedEvidence,
  Coverage,
  CoverageQuery,
  EvidenceLine,
  EvidenceQuery,
  LineFault,
  MeasuredCoverage,
  WrittenLine,
} from "../../features/evidence/index.ts";
export type { Approval, Facts, WrittenFacts, WrittenText } from "../../features/guard/index.ts";
export type {
  BeatFault,
  BeatInput,
  HeartbeatStatus,
  LastBeat,
  State,
  Status,
  StatusQuery,
  StatusRow,
  Trend,
  WrittenBeat,
} from "../../features/heartbeat/index.ts";
export {
  FORMATS,
  type Format,
  type Override,
  type VerdictReport,
  type WholeVerdict,
} from "../../features/verdict/index.ts";
export { ERROR_CODES, type ErrorCode, Fault, Refusal } from "../../platform/errors/index.ts";
export {
  type Finding,
  GUARDS,
  type GuardName,
  type GuardVerdict,
  type LevelledFinding,
  type Verdict,
} from "../../vocabulary/finding.ts";
export type { Level, SpokenLevel } from "../../vocabulary/level.ts";
export { RULES, type Rule, type RuleName } from "../../vocabulary/rules/index.ts";
export {
  type AddQuery,
  addEvidence,
  checkEvidence,
  type EvidenceEntry,
  type ListedEvidence,
  type ListQuery,
  listEvidence,
  type MeasureQuery,
  measureCoverage,
  verifyEvidence,
} from "./evidence-records.ts";
export { checkBeat, readHeartbeatStatus, recordBeat, verifyHeartbeat } from "./heartbeat-records.ts";
export { gatherFacts, judgeFacts, judgeRange, type RangeQuery, writeSection } from "./range-verdict.ts";
export { readConfig } from "./read-config.ts";
export { renderVerdict } from "./render-verdict.ts";
export { scanBan } from "./scan-ban.ts";
export { version } from "./version.ts";
