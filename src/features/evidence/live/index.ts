export { evidenceColumns } from "./evidence-columns.ts";
export { findKeptEvidence } from "./find-kept-store.ts";
export { keepTold, type Told, toldLine } from "./keep-told.ts";
export { EVIDENCE_LINES, type KeptEvidence } from "./line-store.ts";
export { type CleanEntry, takeSecrets } from "./take-secrets.ts";
