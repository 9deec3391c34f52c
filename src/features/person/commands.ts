import type { Command } from "commander";
import { addServerOptions, type ServerChoice } from "../../platform/client/server-options.ts";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";
import type { ListOptions, OwnersOptions, PersonOptions, TeamOptions } from "./verbs.ts";

function addPeople(feature: Command, context: CommandContext): void {
  const set = feature
    .command("set")
    .description("make a person, or say anew who one is and how to reach them; for managers")
    .argument("<handle>", "such as jo")
    .requiredOption("--name <name>", "such as Jo Meyer")
    .option("--role <roles...>", "such as manager, on-call, auditor")
    .option(
      "--contact <contacts...>",
      "such as email:jo@example.com or slack:U012AB3CD; the first is tried first",
    );
  runCommand<PersonOptions>(addServerOptions(set), async (options, [handle = ""]) =>
    (await import("./verbs.ts")).setPerson(handle, options, context),
  );
  const list = feature
    .command("list")
    .description("the people of the fleet")
    .option("--role <role>", "only these");
  runCommand<ListOptions>(addServerOptions(list), async (options) =>
    (await import("./verbs.ts")).listPeople(options, context),
  );
  const leave = feature
    .command("leave")
    .description("say that a person left; refused while something depends on them alone")
    .argument("<handle>", "the person");
  runCommand<ServerChoice>(addServerOptions(leave), async (options, [handle = ""]) =>
    (await import("./verbs.ts")).leavePerson(handle, options, context),
  );
}

function addTeams(feature: Command, context: CommandContext): void {
  const team = feature
    .command("team")
    .description("the teams; with a handle and members: make one, or say anew who belongs to it")
    .argument("[handle]", "such as payments")
    .option("--name <name>", "such as Payments (default: the handle)")
    .option("--members <handles...>", "who belongs to it");
  runCommand<TeamOptions>(addServerOptions(team), async (options, [handle]) =>
    (await import("./verbs.ts")).teams(handle, options, context),
  );
}

function addOwnerships(feature: Command, context: CommandContext): void {
  const own = feature
    .command("own")
    .description("say who owns something")
    .argument("<owner>", "person:<handle> or team:<handle>; nobody, to take it away")
    .argument("<kind>", "agent, repository, path or component")
    .argument("<target>", "its name; of paths <repository>:<glob>");
  runCommand<ServerChoice>(addServerOptions(own), async (options, [owner = "", kind = "", target = ""]) =>
    (await import("./verbs.ts")).own({ owner, kind, target }, options, context),
  );
  const owners = feature
    .command("owners")
    .description("what is owned by whom; with a repository: who owns it, or a file of it")
    .argument("[repository]", "such as org/shop")
    .option("--path <path>", "a file of the repository");
  runCommand<OwnersOptions>(addServerOptions(owners), async (options, [repository]) =>
    (await import("./verbs.ts")).owners(repository, options, context),
  );
}

/** `person set`, `list`, `leave`, `team`, `own`, `owners`. */
export function addPersonCommands(feature: Command, context: CommandContext): void {
  addPeople(feature, context);
  addTeams(feature, context);
  addOwnerships(feature, context);
}
