import { type SetUpCommand, setUpCommands } from "../../work/index.ts";
import type { McpServer, Reach } from "./mcp-server.ts";

/** As a person would read it before they approve it; values of the environment belong to it. */
function show(said: Reach): string {
  if (said.kind === "http") {
    const headers = Object.entries(said.headers).map(([name, value]) => ` --header '${name}: ${value}'`);
    return `${said.url}${headers.join("")}`;
  }
  const env = Object.entries(said.env).map(([name, value]) => `${name}=${value}`);
  const place = said.cwd === "." ? [] : [`(in ${said.cwd})`];
  return [...env, said.command, ...said.args, ...place].join(" ");
}

/**
 * What a user approves: over the checkout, command or address, arguments, environment, folder or headers as the file says
 * them, and the content of each file of the checkout that a word names.
 */
export function approvalFor(
  { said }: McpServer,
  place: { worktree: string; gitDirectory: string },
): SetUpCommand {
  const words = said.kind === "stdio" ? [said.command, ...said.args] : [said.url];
  // The whole as JSON first, so that no other list of words makes the same sum.
  const [command] = setUpCommands([[JSON.stringify(["mcp", said]), ...words]], place);
  if (!command) throw new Error("no command");
  return { ...command, shown: show(said) };
}
