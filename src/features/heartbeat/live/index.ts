export { progressedSince } from "./progress-store.ts";
export { recordColumns } from "./records/record-columns.ts";
export { findRecordSums, giveUpRecords, type KeptRecord, keepRecords } from "./records/record-store.ts";
