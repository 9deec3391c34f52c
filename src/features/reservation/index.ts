export type { findTaskConflicts as findTaskConflictsEndpoint, TaskConflictView } from "./contract.ts";
