import type { Script } from "./mcp-transcript.ts";

/** Looks like one of GitHub. */
export const SECRET = `ghp_${"0123456789abcdefghij".repeat(2).slice(0, 36)}`;

/** All that a client of the protocol does. */
export const EVERYTHING: Script = (client, generation) => [
  () => client.listTools(),
  () => client.listResources(),
  () => client.listResourceTemplates(),
  () => client.readResource({ uri: "demo://resource/dynamic/text/1" }),
  () => client.subscribeResource({ uri: "demo://resource/dynamic/text/1" }),
  () => client.unsubscribeResource({ uri: "demo://resource/dynamic/text/1" }),
  () => client.listPrompts(),
  () => client.getPrompt({ name: "simple-prompt" }),
  () => client.getPrompt({ name: "no-such-prompt" }),
  () => client.setLoggingLevel("debug"),
  () => client.callTool({ name: "echo", arguments: { message: `grüße ${SECRET}` } }),
  () => client.callTool({ name: "get-sum", arguments: { a: 1, b: "two" } }),
  () => client.callTool({ name: "get-tiny-image" }),
  () => client.callTool({ name: "no-such-tool" }),
  () => client.callTool({ name: "trigger-sampling-request", arguments: { prompt: "Is it?" } }),
  () => client.callTool({ name: "trigger-elicitation-request" }),
  () => client.callTool({ name: "get-roots-list" }),
  () => {
    const params = {
      name: "trigger-long-running-operation",
      arguments: { duration: 0.2, steps: 2 },
      _meta: { progressToken: "p" },
    };
    return client.callTool(params);
  },
  () => {
    const params = { name: "trigger-long-running-operation", arguments: { duration: 30, steps: 1 } };
    const options = { signal: AbortSignal.timeout(100) };
    return generation === "2025-11-25"
      ? client.callTool(params, undefined, options)
      : client.callTool(params, options as never);
  },
  () => client.sendRootsListChanged(),
  () => client.ping(),
];
