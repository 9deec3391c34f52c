import type { ServerChoice } from "../../../platform/client/index.ts";
import { Fault, Refusal } from "../../../platform/errors/index.ts";
import { findWorktree } from "../../../platform/git/index.ts";
import { type CommandContext, paintFor, printable, renderChecks } from "../../../platform/terminal/index.ts";
import { parseDuration } from "../../../vocabulary/duration.ts";
import { EXIT, type ExitCode } from "../../../vocabulary/exit-code.ts";
import { exitOfChecks } from "../../../vocabulary/health.ts";
import { approve, describeCommand, findByHash } from "../../work/index.ts";
import { lookAtAll } from "../look-at-all.ts";
import { serversOf } from "../mcp/look-at-mcp.ts";

export interface HealthOptions extends ServerChoice {
  only?: string[];
  timeout: string;
  approve?: string;
}

const NAMES = "server, database, embedded, disk, clock, jobs, heartbeat, ban, guards, records, ci, mcp";

/** The limit of `--timeout` in milliseconds. @throws Refusal USAGE */
export function limitOf(timeout: string): number {
  const limit = parseDuration(timeout);
  if (limit !== null) return limit;
  throw new Refusal("USAGE", `--timeout ${timeout} is no duration`, { hint: "such as --timeout 10s" });
}

function approveOne(typed: string, context: CommandContext): ExitCode {
  const worktree = findWorktree(context.cwd);
  if (worktree === null)
    throw new Fault("NOT_A_REPOSITORY", "there is no checkout here", { hint: "run it in a checkout" });
  const known = serversOf(worktree).map(({ approval }) => approval);
  const words = { asking: "health", none: "no file of this checkout names an MCP server" };
  const command = findByHash(known, typed, words);
  approve(command, context);
  context.out(`${paintFor(context.colour)("green", "✔")} approved: ${printable(describeCommand(command))}\n`);
  return EXIT.ok;
}

/** `growth-engine health`. */
export async function showHealth(options: HealthOptions, context: CommandContext): Promise<ExitCode> {
  if (options.approve !== undefined) return approveOne(options.approve, context);
  const checks = await lookAtAll({ ...options, mcpLimit: limitOf(options.timeout) }, context);
  if (options.only && checks.length === 0)
    throw new Refusal("USAGE", `no check is called ${options.only.join(" or ")} here`, {
      hint: `--only ${NAMES}`,
    });
  context.out(options.json ? `${JSON.stringify(checks, null, 2)}\n` : renderChecks(checks, context));
  return exitOfChecks(checks);
}
