import type { Command } from "commander";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";

/** `hook <host>` is answered before commands are loaded (entrypoints/cli/main.ts); what is left is about hosts. */
export function addHookCommands(feature: Command, context: CommandContext): void {
  feature.usage("<host> [event]  (the host's payload on standard input; exit 0 whatever happens) | hosts");
  const hosts = feature
    .command("hosts")
    .description("what the hooks of each host record, and what they do not")
    .option("--json", "print JSON");
  runCommand<{ json?: boolean }>(hosts, async (options) =>
    (await import("./show-hosts.ts")).showHosts(options, context),
  );
}
