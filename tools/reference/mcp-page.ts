import { allTools } from "../../src/entrypoints/mcp/all-tools.ts";
import type { Json, Tool } from "../../src/platform/mcp/index.ts";
import { LOOKING } from "./load-program.ts";
import { type Pages, table } from "./page.ts";

const NOBODY = { role: async () => null, agent: async () => undefined };
function typeOf({ type, enum: words, anyOf, const: only }: Json): string {
  if (Array.isArray(words)) return words.map((word) => `\`${word}\``).join(", ");
  if (only !== undefined) return `\`${String(only)}\``;
  if (Array.isArray(anyOf)) return [...new Set((anyOf as Json[]).map(typeOf))].join(" or ");
  return Array.isArray(type) ? type.join(" or ") : String(type ?? "any");
}

function argumentsOf({ input }: Tool): string {
  const required = (input.required ?? []) as string[];
  const rows = Object.entries((input.properties ?? {}) as Record<string, Json>).map(([name, schema]) => [
    `\`${name}\`${required.includes(name) ? "" : " ?"}`,
    typeOf(schema),
    String(schema.description ?? ""),
  ]);
  return rows.length === 0 ? "No arguments." : table(["argument", "is", "meaning"], rows);
}

function natureOf({ hints, roles }: Tool): string {
  const nature = hints.readOnlyHint ? "reads" : hints.destructiveHint ? "takes away" : "writes";
  return `${roles === null ? "In a checkout, for everybody" : `For ${roles.join(", ")}`}; ${nature}.`;
}

const INTRO = `# MCP tools

What \`growth-engine mcp serve\` and \`/mcp\` of the control plane offer to clients of the Model Context Protocol
([how to add it](../guides/mcp.md)). A tool that says "in a checkout" is one of \`mcp serve\` alone, as \`task_start\` is; where
\`mcp serve\` and the control plane have a tool of one name, \`mcp serve\` does the checkout's part too. \`?\` marks what may be
left out. Every answer is structured, with a schema; an error is a result with \`code\`, \`message\` and \`hint\`
([codes](errors.md)).`;

/** The page of all tools, made from the tools themselves. */
export function mcpPages(): Pages {
  const tools = [...allTools({ context: LOOKING, server: {} }, NOBODY).values()];
  const sorted = tools.sort((a, b) => (a.name < b.name ? -1 : 1));
  const parts = sorted.map(
    (tool) => `## \`${tool.name}\`\n\n${tool.says}\n\n${natureOf(tool)}\n\n${argumentsOf(tool)}`,
  );
  return { "docs/reference/mcp-tools.md": `${[INTRO, ...parts].join("\n\n")}\n` };
}
