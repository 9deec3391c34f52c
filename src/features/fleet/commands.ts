import type { Command } from "commander";
import { addServerOptions, type ServerChoice } from "../../platform/client/server-options.ts";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";
import type { RemoveOptions, RepositoryOptions } from "./verbs.ts";

/** `fleet add`, `fleet list`, `fleet remove`, `fleet repository`. */
export function addFleetCommands(feature: Command, context: CommandContext): void {
  const add = feature
    .command("add")
    .description("make a fleet; for admins")
    .argument("<name>", "such as web-team");
  runCommand<ServerChoice>(addServerOptions(add), async (options, [name = ""]) =>
    (await import("./verbs.ts")).addFleet(name, options, context),
  );
  const list = feature.command("list").description("the fleets that the token may see");
  runCommand<ServerChoice>(addServerOptions(list), async (options) =>
    (await import("./verbs.ts")).listFleets(options, context),
  );
  const remove = feature
    .command("remove")
    .description("remove a fleet with everything in it but its audit; for admins")
    .argument("<name>", "the fleet")
    .requiredOption("--confirm <name>", "its name once more");
  runCommand<RemoveOptions>(addServerOptions(remove), async (options, [name = ""]) =>
    (await import("./verbs.ts")).removeFleet(name, options, context),
  );
  const repository = feature
    .command("repository")
    .description("the repositories of the fleet; with a name: add it")
    .argument("[name]", "such as org/shop")
    .option("--address <url>", "where it can be cloned from");
  runCommand<RepositoryOptions>(addServerOptions(repository), async (options, [name]) =>
    (await import("./verbs.ts")).repositories(name, options, context),
  );
}
