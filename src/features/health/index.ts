export type { showHealth as showHealthEndpoint } from "./contract.ts";
