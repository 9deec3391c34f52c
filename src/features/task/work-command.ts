import type { Command } from "commander";
import { addServerOptions, type ServerChoice } from "../../platform/client/server-options.ts";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";
import type { CompleteOptions } from "./complete/complete-task.ts";
import type { StartOptions } from "./start/start-task.ts";
import type { BlockOptions, HandOverOptions, ProgressOptions, ResumeOptions } from "./verbs/work-on-task.ts";

const THE_TASK = "which (default: the only one that this checkout holds)";

function addFence(command: Command): Command {
  return command.option("--fence <number>", "of a claim that was made elsewhere");
}

function addStart(feature: Command, context: CommandContext): void {
  const start = feature
    .command("start")
    .description(
      "begin a task: claim it, make its evidence folder, begin its heartbeat, check the environment, run the set-up commands",
    )
    .argument("[task]", "which")
    .option("--approve <hash>", "approve one set-up command of this repository, and do nothing else")
    .option("--no-set-up", "run no set-up commands");
  runCommand<StartOptions>(addServerOptions(start), async (options, [task]) =>
    (await import("./start/start-task.ts")).startTask(task, options, context),
  );
  const claim = feature
    .command("claim")
    .description("claim a task, and remember its fence in this checkout; exit 1 when it is refused")
    .argument("[task]", "which (default: the next that can be had)");
  runCommand<ServerChoice>(addServerOptions(claim), async (options, [task]) =>
    (await import("./verbs/claim-task.ts")).claimTask(task, options, context),
  );
}

function addProgress(feature: Command, context: CommandContext): void {
  const progress = feature
    .command("progress")
    .description("say how far a task is")
    .argument("[task]", THE_TASK)
    .option("--percent <number>", "0 to 100")
    .option("--note <text>", "in words")
    .option("--phase <name>", "where in the work it stands");
  runCommand<ProgressOptions>(addFence(addServerOptions(progress)), async (options, [task]) =>
    (await import("./verbs/work-on-task.ts")).recordProgress(task, options, context),
  );
}

function addBlocks(feature: Command, context: CommandContext): void {
  const block = feature
    .command("block")
    .description("say what holds a task up; while it is blocked, no lease runs out")
    .argument("[task]", THE_TASK)
    .requiredOption("--type <type>", "dependency, credentials, decision, technical or resource")
    .requiredOption("--reason <text>", "what holds it up")
    .option("--tried <text>", "what was tried")
    .option("--impact <text>", "what it means for others");
  runCommand<BlockOptions>(addFence(addServerOptions(block)), async (options, [task]) =>
    (await import("./verbs/work-on-task.ts")).blockTask(task, options, context),
  );
  const resume = feature
    .command("resume")
    .description("go on with a blocked task")
    .argument("[task]", THE_TASK)
    .option("--reason <text>", "what changed");
  runCommand<ResumeOptions>(addFence(addServerOptions(resume)), async (options, [task]) =>
    (await import("./verbs/work-on-task.ts")).resumeTask(task, options, context),
  );
}

function addHandOver(feature: Command, context: CommandContext): void {
  const handOver = feature
    .command("hand-over")
    .description("give a task to another agent, with what it needs to know")
    .argument("[task]", THE_TASK)
    .requiredOption("--to <agent>", "who goes on")
    .requiredOption(
      "--context <text>",
      "what was done, what is left, what to look out for; - reads standard input",
    )
    .option("--file <path...>", "files that matter");
  runCommand<HandOverOptions>(addFence(addServerOptions(handOver)), async (options, [task]) =>
    (await import("./verbs/work-on-task.ts")).handOverTask(task, options, context),
  );
}

function addComplete(feature: Command, context: CommandContext): void {
  const complete = feature
    .command("complete")
    .description("complete a task with what this checkout shows; prints the pull request text")
    .argument("[task]", THE_TASK)
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
    .option("--dry-run", "say what would be handed in and what is missing, and do nothing");
  runCommand<CompleteOptions>(addFence(addServerOptions(complete)), async (options, [task]) =>
    (await import("./complete/complete-task.ts")).completeTask(task, options, context),
  );
}

/** What the holder of a task does with it. */
export function addWorkCommands(feature: Command, context: CommandContext): void {
  addStart(feature, context);
  addProgress(feature, context);
  addBlocks(feature, context);
  addHandOver(feature, context);
  addComplete(feature, context);
}
