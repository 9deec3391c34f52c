import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cliFile } from "./cli-file.ts";
import type { Start } from "./mcp-transcript.ts";

const NODE = process.env.GROWTH_ENGINE_TEST_NODE ?? process.execPath;
const MODULES = join(import.meta.dirname, "../../node_modules");

/** A server of the registry, as it is installed here. */
export function registryServer(name: "everything" | "filesystem", ...words: string[]): string[] {
  return [NODE, join(MODULES, `@modelcontextprotocol/server-${name}/dist/index.js`), ...words];
}

/** How to start a server in a folder, alone. */
export function direct([command = "", ...args]: readonly string[], folder: string): Start {
  return { command, args, cwd: folder, env: { PATH: process.env.PATH ?? "", HOME: folder } };
}

/** How to start it behind the built proxy, as the agent Ada. */
export function proxied(server: readonly string[], folder: string, before: readonly string[] = []): Start {
  const start = direct([NODE, cliFile(), "mcp", "proxy", ...before, "--", ...server], folder);
  return { ...start, env: { ...start.env, GROWTH_ENGINE_AGENT: "ada" } };
}

/** Evidence lines that a proxy wrote into a checkout, oldest first. */
export function linesOf(folder: string, agent = "ada"): Record<string, unknown>[] {
  const days = join(folder, "artifacts", agent);
  return readdirSync(days).flatMap((day) =>
    readdirSync(join(days, day, "mcp")).flatMap((file) =>
      readFileSync(join(days, day, "mcp", file), "utf8")
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    ),
  );
}
