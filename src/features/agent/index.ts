export { checkAgents } from "./check-agents.ts";
export type { addAgent as addAgentEndpoint, listAgents as listAgentsEndpoint } from "./contract.ts";
export { findAgent } from "./store.ts";
