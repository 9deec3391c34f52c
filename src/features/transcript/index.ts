export { splitMcpName } from "./claude-code-log.ts";
export { HOSTS, type Host, type ToldCall, tellCall } from "./host-tools.ts";
