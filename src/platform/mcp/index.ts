export { createToolServer, type Prompt, type ToolServerParts } from "./create-tool-server.ts";
export { type EndpointCall, type EndpointTool, endpointTool, isTool } from "./endpoint-tool.ts";
export { type LinesOptions, serveLines } from "./serve-lines.ts";
export type { Json, Tool, ToolDescription, ToolHints } from "./tool.ts";
export { withProblem } from "./tool-result.ts";
