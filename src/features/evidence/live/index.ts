export { evidenceColumns } from "./evidence-columns.ts";
export { findSums, giveUpLines, type KeptEvidence, keepLines } from "./line-store.ts";
export { type CleanEntry, takeSecrets } from "./take-secrets.ts";
