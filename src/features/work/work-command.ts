import type { Command } from "commander";
import { addServerOptions } from "../../platform/client/server-options.ts";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";
import type { CompleteOptions } from "./complete/complete-task.ts";
import type { StartOptions } from "./start/start-task.ts";

function addStart(task: Command, context: CommandContext): void {
  const start = task
    .command("start")
    .description(
      "begin a task: claim it, make its evidence folder, begin its heartbeat, check the environment, run the set-up commands",
    )
    .argument("[task]", "which")
    .option("--approve <hash>", "approve one set-up command of this repository, and do nothing else")
    .option("--no-set-up", "run no set-up commands");
  runCommand<StartOptions>(addServerOptions(start), async (options, [id]) =>
    (await import("./start/start-task.ts")).startTask(id, options, context),
  );
}

function addComplete(task: Command, context: CommandContext): void {
  const complete = task
    .command("complete")
    .description("complete a task with what this checkout shows; prints the pull request text")
    .argument("[task]", "which (default: the only one that this checkout holds)")
    .option("--notes <text>", "what was done; - reads standard input")
    .option(
      "--proof <criterion=proof...>",
      "what shows that a criterion is met: evidence, a test, an address",
    )
    .option("--knowledge <reference>", "where the knowledge search before the work is recorded")
    .option("--pull-request <url>", "its pull request")
    .option("--merged", "it is merged")
    .option("--passed <kind...>", "unit, integration: these tests passed on this commit")
    .option("--dependency-findings <number>", "what your dependency audit found")
    .option("--base <revision>", "tip of the target branch (default: the default branch)")
    .option("--archive [age]", "archive evidence of folders older than this (90d unless given)")
    .option("--dry-run", "say what would be handed in and what is missing, and do nothing")
    .option("--fence <number>", "of a claim that was made elsewhere");
  runCommand<CompleteOptions>(addServerOptions(complete), async (options, [id]) =>
    (await import("./complete/complete-task.ts")).completeTask(id, options, context),
  );
}

/** `task start` and `task complete`: they stand here because they read and write the records of a checkout. */
export function addWorkCommands(task: Command, context: CommandContext): void {
  addStart(task, context);
  addComplete(task, context);
}
