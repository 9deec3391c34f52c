export type { PublishedVerdict, publishVerdict as publishVerdictEndpoint } from "./contract.ts";
export { keepVerdict, type VerdictToKeep } from "./keep-verdict.ts";
