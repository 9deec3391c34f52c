export { keepVerdict, type VerdictToKeep } from "./keep-verdict.ts";
