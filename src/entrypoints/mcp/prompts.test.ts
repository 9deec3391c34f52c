import { expect, it } from "vitest";
import { MCP_INSTRUCTIONS, MCP_PROMPTS } from "../server/mcp-words.ts";
import { allTools } from "./all-tools.ts";
import { ENDPOINTS } from "./endpoints.ts";
import { INSTRUCTIONS, PROMPTS } from "./prompts.ts";
import { workplace } from "./workplace.ts";

const NOBODY = { role: async () => null, agent: async () => undefined };
const CONTEXT = {
  cwd: ".",
  env: {},
  clock: { now: () => 0 },
  version: "0.0.0",
  out: () => undefined,
  err: () => undefined,
  colour: false,
  columns: 100,
  readInput: async () => Buffer.alloc(0),
};

const named = (text: string): string[] => text.match(/\b[a-z]+_[a-z_]+\b/g) ?? [];
const NO_TOOLS = ["doc_ref"];

it("the words for a checkout name tools that there are", () => {
  const tools = allTools(workplace(CONTEXT, ".", {}), NOBODY);
  const text = [INSTRUCTIONS, ...PROMPTS.map((prompt) => prompt.text)].join("\n");
  expect(named(text).length).toBeGreaterThan(10);
  expect(named(text).filter((name) => !tools.has(name) && !NO_TOOLS.includes(name))).toEqual([]);
});

it("the words for /mcp name endpoints that there are", () => {
  const names = ENDPOINTS.map(({ name }) => name as string);
  const text = [MCP_INSTRUCTIONS, ...MCP_PROMPTS.map((prompt) => prompt.text)].join("\n");
  expect(named(text).length).toBeGreaterThan(8);
  expect(named(text).filter((name) => !names.includes(name))).toEqual([]);
});

it("a command that reads standard input is told that it belongs to the protocol", async () => {
  await expect(workplace(CONTEXT, ".", {}).context.readInput(1)).rejects.toThrow("belongs to the protocol");
});
