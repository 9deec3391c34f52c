import type { Command } from "commander";
import { addServerOptions } from "../../../platform/client/server-options.ts";
import { type CommandContext, runCommand } from "../../../platform/terminal/index.ts";
import type { StatusOptions } from "./verbs.ts";

/** `ci status`: what a control plane knows. */
export function addCiStatusCommand(feature: Command, context: CommandContext): void {
  const status = feature
    .command("status")
    .description(
      "how CI goes over time, from the forge's webhooks: share, duration and causes of failed runs",
    )
    .option("--days <days>", "how far back", "30")
    .option("--repository <name>", "only of this repository");
  runCommand<StatusOptions>(addServerOptions(status), async (options) =>
    (await import("./verbs.ts")).showStatus(options, context),
  );
}
