export type { addAgent as addAgentEndpoint } from "./contract.ts";
export { findAgent } from "./store.ts";
