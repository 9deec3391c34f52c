import type { Command } from "commander";
import { addServerOptions, type ServerChoice } from "../../platform/client/server-options.ts";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";
import type { ListOptions } from "./verbs/list-synced.ts";
import type { SyncOptions } from "./verbs/run-sync.ts";

function addLists(feature: Command, context: CommandContext): void {
  const status = feature
    .command("status")
    .description("the checkouts whose records are brought: when last, and how much of each is there");
  runCommand<ServerChoice>(addServerOptions(status), async (options) =>
    (await import("./verbs/list-synced.ts")).showStatus(options, context),
  );
  const rewrites = feature
    .command("rewrites")
    .description("record files that held something else than was brought before, newest first")
    .option("--limit <number>", "only so many", "50");
  runCommand<ListOptions>(addServerOptions(rewrites), async (options) =>
    (await import("./verbs/list-synced.ts")).listRewrites(options, context),
  );
  const broken = feature
    .command("broken")
    .description("lines of record files that could not be taken, until they are mended");
  runCommand<ServerChoice>(addServerOptions(broken), async (options) =>
    (await import("./verbs/list-synced.ts")).listBroken(options, context),
  );
}

/** `sync`, `sync status`, `sync rewrites`, `sync broken`. */
export function addSyncCommands(feature: Command, context: CommandContext): void {
  feature
    .option("--repo <folder>", "a checkout (default: the one around this folder)")
    .option(
      "--name <repository>",
      "the fleet's name of it, such as org/shop (default: from its origin, else its folder)",
    )
    .option("--no-verdict", "let the guards not judge what is checked out")
    .option("--no-receipts", "write no receipts beside the lines")
    .option("--watch", "stay, and bring what is new every few seconds")
    .addHelpText(
      "after",
      "\nReads files and git, and runs nothing of the repository; writes receipts of the control plane beside the lines\n(artifacts/<agent>/<date>/receipts.….jsonl), to be committed with them. May be ended at any moment: the next one goes on.",
    );
  // `sync status --json` is said of the list, and `sync --json` of the sync.
  feature.parent?.enablePositionalOptions();
  feature.enablePositionalOptions();
  addLists(feature, context);
  runCommand<SyncOptions>(addServerOptions(feature), async (options) =>
    (await import("./verbs/run-sync.ts")).runSync(options, context),
  );
}
