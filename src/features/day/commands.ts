import type { Command } from "commander";
import { addServerOptions } from "../../platform/client/server-options.ts";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";
import type { StartOptions } from "./verbs/start-day.ts";

/** `day start`, `show`. */
export function addDayCommands(feature: Command, context: CommandContext): void {
  const start = feature
    .command("start")
    .description(
      "the morning: look at everything, fill the checklist, ask for updates, keep it; for managers",
    )
    .option("--dry-run", "keep nothing and ask nobody")
    .option("--timeout <duration>", "how long an MCP server may take", "10s")
    .option("--markdown", "print Markdown, for pasting");
  runCommand<StartOptions>(addServerOptions(start), async (options) =>
    (await import("./verbs/start-day.ts")).startDay(options, context),
  );
  const show = feature
    .command("show")
    .description("the checklist of the last start")
    .option("--markdown", "print Markdown, for pasting");
  runCommand<Pick<StartOptions, "url" | "fleet" | "json" | "markdown">>(
    addServerOptions(show),
    async (options) => (await import("./verbs/show-day.ts")).showDay(options, context),
  );
}
