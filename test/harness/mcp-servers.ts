/** Small MCP servers as scripts of a repository: what each does is said by its name. */
const SPEAK = `
const tools = [{ name: "look", inputSchema: { type: "object" } }, { name: "find", inputSchema: { type: "object" } }];
const say = (message) => process.stdout.write(JSON.stringify({ jsonrpc: "2.0", ...message }) + "\\n");
require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const { id, method, params } = JSON.parse(line);
  if (method === "initialize")
    say({ id, result: { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: process.env.NAME_OF_IT ?? "speaks", version: "1.0.0" } } });
  else if (method === "tools/list") say({ id, result: { tools } });
  else if (id !== undefined) say({ id, error: { code: -32601, message: "no such method" } });
});`;

export const MCP_SERVERS = {
  "speaks.cjs": SPEAK,
  "prints-first.cjs": `console.log("Server started on stdio");${SPEAK}`,
  "prints-instead.cjs": `console.log("listening");setInterval(() => undefined, 1000);`,
  /** Starts a child of its own, which must not be left behind, and tells both numbers. */
  "hangs.cjs": `
const { spawn } = require("node:child_process");
const child = spawn(process.execPath, ["-e", "setInterval(() => undefined, 1000)"]);
require("node:fs").writeFileSync(process.argv[2], process.pid + " " + child.pid);
process.on("SIGTERM", () => undefined);
setInterval(() => undefined, 1000);`,
  "floods.cjs": `
const line = "x".repeat(1 << 16);
const more = () => { while (process.stdout.write(line)); };
process.stdout.on("drain", more);
more();`,
  "ends.cjs": `console.error("TypeError: no API key");process.exit(3);`,
  /** The newer generation alone: refuses initialize. */
  "tells-token.cjs": `require("node:fs").writeFileSync(process.argv[2], JSON.stringify(process.env));${SPEAK}`,
} as const;
