export type { CiHealth, showHealth as showHealthEndpoint } from "./contract.ts";
