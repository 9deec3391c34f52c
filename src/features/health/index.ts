export type { showHealth as showHealthEndpoint } from "./contract.ts";
export { lookAtAll } from "./look-at-all.ts";
export { limitOf } from "./verbs/show-health.ts";
