export type { findTaskConflicts as findTaskConflictsEndpoint, TaskConflictView } from "./contract.ts";
export { describeTouch } from "./verbs/describe-touch.ts";
