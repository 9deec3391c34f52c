import type { Command } from "commander";
import { addServerOptions, type ServerChoice } from "../../platform/client/server-options.ts";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";
import type { BlockOptions, HandOverOptions, ProgressOptions, ResumeOptions } from "./verbs/work-on-task.ts";

const THE_TASK = "which (default: the only one that this checkout holds)";

function addFence(command: Command): Command {
  return command.option("--fence <number>", "of a claim that was made elsewhere");
}

function addClaim(feature: Command, context: CommandContext): void {
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

/** What the holder of a task does with it; `start` and `complete` stand with the records of a checkout, in `work`. */
export function addHolderCommands(feature: Command, context: CommandContext): void {
  addClaim(feature, context);
  addProgress(feature, context);
  addBlocks(feature, context);
  addHandOver(feature, context);
}
