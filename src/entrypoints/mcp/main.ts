import { resolve } from "node:path";
import type { ServerChoice } from "../../platform/client/index.ts";
import { isFault, isRefusal, messageOf } from "../../platform/errors/index.ts";
import { serveLines } from "../../platform/mcp/index.ts";
import { type CommandContext, renderTable } from "../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import { allTools } from "./all-tools.ts";
import { INSTRUCTIONS, PROMPTS } from "./prompts.ts";
import { whoCalls } from "./who-calls.ts";
import { workplace } from "./workplace.ts";

export interface McpOptions extends ServerChoice {
  /** Folder of the checkout, as the caller's folder sees it. */
  repo?: string;
}

/** `growth-engine mcp serve`: speaks the protocol on standard input and output until the input ends. */
export async function serveMcp({ repo, ...server }: McpOptions, context: CommandContext): Promise<ExitCode> {
  const place = workplace(context, resolve(context.cwd, repo ?? "."), server);
  const who = whoCalls(place);
  const tools = allTools(place, who);
  const note = (message: string): void => context.err(`growth-engine mcp: ${message}\n`);
  await serveLines(
    {
      version: context.version,
      instructions: INSTRUCTIONS,
      prompts: PROMPTS,
      list: async () => {
        const role = await who.role();
        return [...tools.values()].filter(({ roles }) => role === null || (roles?.includes(role) ?? true));
      },
      find: (name) => tools.get(name)?.run ?? null,
      report: (error) => {
        if (!isRefusal(error) && !isFault(error)) note(`a tool failed: ${messageOf(error)}`);
      },
    },
    { input: process.stdin, output: process.stdout, note },
  );
  return EXIT.ok;
}

/** `growth-engine mcp tools`: the tools of this checkout and of the control plane. */
export async function listTools({ json }: McpOptions, context: CommandContext): Promise<ExitCode> {
  const place = workplace(context, context.cwd, {});
  const tools = [...allTools(place, whoCalls(place)).values()];
  if (json) {
    const rows = tools.map(({ name, says, roles, hints, input, output }) => ({
      name,
      says,
      roles,
      hints,
      input,
      output,
    }));
    context.out(`${JSON.stringify(rows, null, 2)}\n`);
    return EXIT.ok;
  }
  const rows = tools.map(({ name, roles, says }) => [
    name,
    roles === null ? "checkout" : roles.join(" "),
    says,
  ]);
  context.out(renderTable(["tool", "who", "what for"], rows));
  return EXIT.ok;
}
