export type { PublishedVerdict } from "./contract.ts";
export { keepVerdict, type VerdictToKeep } from "./keep-verdict.ts";
