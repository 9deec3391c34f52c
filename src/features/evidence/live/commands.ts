import type { Command } from "commander";
import { addServerOptions } from "../../../platform/client/server-options.ts";
import { type CommandContext, runCommand } from "../../../platform/terminal/index.ts";
import type { KeptOptions, UseOptions } from "./verbs.ts";

/** `evidence kept` and `evidence use`: what the control plane keeps. */
export function addLiveEvidenceCommands(feature: Command, context: CommandContext): void {
  const kept = feature
    .command("kept")
    .description("evidence lines that the control plane keeps, newest first")
    .option("--repository <name>", "only of this repository")
    .option("--agent <agent>", "only of this agent's folder")
    .option("--task <task>", "only of this task")
    .option("--tool <tool>", "only of this tool")
    .option("--session <session>", "only of this session")
    .option("--since <time>", "only from this time on, RFC 3339")
    .option("--until <time>", "only up to this time")
    .option("--gone <which>", "lines that no checkout holds any more: with, without or only", "with")
    .option("--limit <number>", "only so many, up to 500", "50");
  runCommand<KeptOptions>(addServerOptions(kept), async (options) =>
    (await import("./verbs.ts")).listKept(options, context),
  );
  const use = feature
    .command("use")
    .description("what agents consulted in the last days, by agent, repository and tool")
    .option("--days <days>", "how far back", "7");
  runCommand<UseOptions>(addServerOptions(use), async (options) =>
    (await import("./verbs.ts")).showUse(options, context),
  );
}
