import type { Command } from "commander";
import { addServerOptions, type ServerChoice } from "../../platform/client/server-options.ts";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";
import type { AddOptions, RotateOptions } from "./verbs.ts";

function addAdd(feature: Command, context: CommandContext): void {
  const add = feature
    .command("add")
    .description("make a token, which is shown once; for managers")
    .requiredOption("--role <role>", "admin, manager, agent or viewer")
    .requiredOption("--label <text>", "whose it is")
    .option("--agent <agent>", "the agent it acts as; for the role agent")
    .option("--days <days>", "days until it expires", "90");
  runCommand<AddOptions>(addServerOptions(add), async (options) =>
    (await import("./verbs.ts")).addToken(options, context),
  );
}

function addChanges(feature: Command, context: CommandContext): void {
  const rotate = feature
    .command("rotate")
    .description("make a token like this one, and revoke this one")
    .argument("<id>", "from token list")
    .option("--days <days>", "days until the new one expires", "90");
  runCommand<RotateOptions>(addServerOptions(rotate), async (options, [id = ""]) =>
    (await import("./verbs.ts")).rotateToken(id, options, context),
  );
  const revoke = feature
    .command("revoke")
    .description("refuse a token from now on")
    .argument("<id>", "from token list");
  runCommand<ServerChoice>(addServerOptions(revoke), async (options, [id = ""]) =>
    (await import("./verbs.ts")).revokeToken(id, options, context),
  );
}

/** `token add`, `token list`, `token rotate`, `token revoke`, `token show`. */
export function addTokenCommands(feature: Command, context: CommandContext): void {
  addAdd(feature, context);
  const list = feature.command("list").description("the tokens of the fleet; never their secrets");
  runCommand<ServerChoice>(addServerOptions(list), async (options) =>
    (await import("./verbs.ts")).listTokens(options, context),
  );
  addChanges(feature, context);
  const show = feature
    .command("show")
    .description("who this command line is to the server: role, agent, fleet");
  runCommand<ServerChoice>(addServerOptions(show), async (options) =>
    (await import("./verbs.ts")).showToken(options, context),
  );
}
