import type { Command } from "commander";
import { addServerOptions, type ServerChoice } from "../../platform/client/server-options.ts";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";
import type { AddOptions, UpdateOptions } from "./verbs/add-task.ts";
import type { ImportOptions } from "./verbs/import-tasks.ts";
import type { ListOptions } from "./verbs/list-tasks.ts";
import type { AssignOptions, CancelOptions, DependOptions, ReassignOptions } from "./verbs/manage-tasks.ts";
import type { PolicyOptions } from "./verbs/policy.ts";
import type { NextOptions } from "./verbs/show-task.ts";

/** What a task is about. */
function addFieldOptions(command: Command): Command {
  return command
    .option("--description <text>", "what it is about; - reads standard input")
    .option("--criterion <text...>", 'acceptance criteria; "login: users sign in" names one')
    .option("--path <glob...>", "what it may touch")
    .option("--priority <priority>", "P0 to P3 (default: P2)")
    .option("--estimate <duration>", "such as 2h30m, or minutes")
    .option("--due <time>", "a date, or RFC 3339")
    .option("--phase <name>", "where in the work it stands")
    .option("--link <url...>", "its issue, its pull request")
    .option("--payload <json>", "whatever else belongs to it");
}

function addAdd(feature: Command, context: CommandContext): void {
  const add = feature
    .command("add")
    .description("make a task")
    .argument("<id>", "free-form, such as ENG-042")
    .argument("<title>", "in one line")
    .option("--assignee <agent>", "the only agent that may claim it (default: any)")
    .option("--depends-on <task...>", "what it waits for");
  runCommand<AddOptions>(addServerOptions(addFieldOptions(add)), async (options, words) =>
    (await import("./verbs/add-task.ts")).addTask(words, options, context),
  );
  const update = feature
    .command("update")
    .description('change what a task is about; what is left out stays, "" empties; for managers')
    .argument("<task>")
    .option("--title <text>", "in one line");
  runCommand<UpdateOptions>(addServerOptions(addFieldOptions(update)), async (options, [task = ""]) =>
    (await import("./verbs/add-task.ts")).updateTask(task, options, context),
  );
}

function addLists(feature: Command, context: CommandContext): void {
  const list = feature
    .command("list")
    .description("open tasks by priority, then age")
    .option("--all", "also what is completed or cancelled")
    .option("--state <state>", "assigned, in_progress, blocked, completed or cancelled")
    .option("--ready", "only what waits for nothing but somebody to claim it")
    .option("--overdue", "only what is past its due time")
    .option("--mine", "only what this token's agent holds")
    .option("--priority <priority>", "P0 to P3")
    .option("--assignee <agent>", "only what this agent alone may claim")
    .option("--holder <agent>", "only what this agent holds")
    .option("--phase <name>", "only this phase")
    .option("--limit <number>", "the first so many");
  runCommand<ListOptions>(addServerOptions(list), async (options) =>
    (await import("./verbs/list-tasks.ts")).listTasks(options, context),
  );
  const next = feature
    .command("next")
    .description("what to do next: one's own first, then by priority, then age; exit 1 when nothing is ready")
    .option("--limit <number>", "the next so many", "1");
  runCommand<NextOptions>(addServerOptions(next), async (options) =>
    (await import("./verbs/show-task.ts")).nextTask(options, context),
  );
}

function addViews(feature: Command, context: CommandContext): void {
  const show = feature.command("show").description("all that is known of a task").argument("<task>");
  runCommand<ServerChoice>(addServerOptions(show), async (options, [task = ""]) =>
    (await import("./verbs/show-task.ts")).showTask(task, options, context),
  );
  const events = feature
    .command("events")
    .description("everything that happened to a task, oldest first")
    .argument("<task>");
  runCommand<ServerChoice>(addServerOptions(events), async (options, [task = ""]) =>
    (await import("./verbs/list-events.ts")).listEvents(task, options, context),
  );
}

function addAssignments(feature: Command, context: CommandContext): void {
  const assign = feature
    .command("assign")
    .description("give tasks that nobody holds to an agent, all of them or none; for managers")
    .argument("<task...>")
    .option("--to <agent>", "the only agent that may claim them")
    .option("--to-all", "any agent may claim them");
  runCommand<AssignOptions>(addServerOptions(assign), async (options, tasks) =>
    (await import("./verbs/manage-tasks.ts")).assignTasks(tasks, options, context),
  );
  const reassign = feature
    .command("reassign")
    .description("take a task from whoever has it; for managers")
    .argument("<task>")
    .option("--to <agent>", "the only agent that may claim it")
    .option("--to-all", "any agent may claim it")
    .requiredOption("--reason <text>", "why");
  runCommand<ReassignOptions>(addServerOptions(reassign), async (options, [task = ""]) =>
    (await import("./verbs/manage-tasks.ts")).reassignTask(task, options, context),
  );
}

function addChanges(feature: Command, context: CommandContext): void {
  const cancel = feature
    .command("cancel")
    .description("give a task up; for managers")
    .argument("<task>")
    .requiredOption("--reason <text>", "why");
  runCommand<CancelOptions>(addServerOptions(cancel), async (options, [task = ""]) =>
    (await import("./verbs/manage-tasks.ts")).cancelTask(task, options, context),
  );
  const depend = feature
    .command("depend")
    .description("say what a task waits for; unknown tasks and circles are refused; for managers")
    .argument("<task>")
    .option("--on <task...>", "wait for these")
    .option("--off <task...>", "no longer wait for these");
  runCommand<DependOptions>(addServerOptions(depend), async (options, [task = ""]) =>
    (await import("./verbs/manage-tasks.ts")).dependTask(task, options, context),
  );
}

function addImport(feature: Command, context: CommandContext): void {
  const take = feature
    .command("import")
    .description("take tasks of another tracker; asked again, it changes nothing; for managers")
    .argument("<path>", "a file, or the folder of .beads or backlog")
    .requiredOption("--from <tracker>", "beads, backlog, github (gh issue list --json …) or csv")
    .option("--dry-run", "say what would be done, and do nothing")
    .option("--keep", "leave tasks that are there and differ as they are");
  runCommand<ImportOptions>(addServerOptions(take), async (options, [path = ""]) =>
    (await import("./verbs/import-tasks.ts")).importTasks(path, options, context),
  );
}

function addPolicy(feature: Command, context: CommandContext): void {
  const policy = feature
    .command("policy")
    .description("how long claims last and what completion asks; with options: set it; for managers")
    .option("--require <policy...>", "what completion asks, instead of what it asks now")
    .option("--require-nothing", "completion asks nothing")
    .option("--lease <duration>", "how long a claim lasts without a beat, such as 15m")
    .option("--agent <agent>", "whose claims; with --lease, or --lease fleet for the fleet's");
  runCommand<PolicyOptions>(addServerOptions(policy), async (options) =>
    (await import("./verbs/policy.ts")).policy(options, context),
  );
}

/** What people and agents ask of tasks; what its holder does is in `holder-command.ts`. */
export function addTaskCommands(feature: Command, context: CommandContext): void {
  addAdd(feature, context);
  addLists(feature, context);
  addViews(feature, context);
  addAssignments(feature, context);
  addChanges(feature, context);
  addImport(feature, context);
  addPolicy(feature, context);
}
