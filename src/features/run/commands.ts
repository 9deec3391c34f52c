import type { Command } from "commander";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";
import type { ListOptions } from "./list-runs.ts";
import type { RunOptions } from "./run-and-record.ts";

const gather = (path: string, before: string[] = []) => [...before, path];

function addRun(feature: Command, context: CommandContext): void {
  const run = feature
    .command("command", { isDefault: true, hidden: true })
    .usage("[options] -- <command…>")
    .description(
      "run a command as it is, and record how it went: exit, tests, output's hash, the tree it ran on",
    )
    .argument("<command...>", "the command; after --, so that its options are its own")
    .option("--kind <kind>", "unit, integration or security: what it is a run of")
    .option(
      "--task <task>",
      "what it is run for (default: $GROWTH_ENGINE_TASK, or the task that this checkout holds)",
    )
    .option("--agent <agent>", "who runs it (default: $GROWTH_ENGINE_AGENT)")
    .option(
      "--junit <file>",
      "a JUnit file that the command writes, for its totals; may be given again",
      gather,
    )
    .option("--piped", "hash the output also on a terminal; the command then sees a pipe instead of it")
    .option("--quiet", "say nothing when all is recorded");
  runCommand<RunOptions>(run, async (options, words) =>
    (await import("./run-and-record.ts")).runAndRecord(words, options, context),
  );
}

function addList(feature: Command, context: CommandContext): void {
  const list = feature
    .command("list")
    .description(
      "the runs recorded here, and whether the last of each kind covers what the working tree holds",
    )
    .option("--kind <kind>", "only this kind")
    .option("--all", "all of them, not the last ten")
    .option("--json", "print JSON");
  runCommand<ListOptions>(list, async (options) =>
    (await import("./list-runs.ts")).listRuns(options, context),
  );
}

/** `run -- <command>` and `run list`. */
export function addRunCommands(feature: Command, context: CommandContext): void {
  feature.usage("[options] -- <command…>");
  feature.addHelpText(
    "after",
    "\nOptions of a run: --kind <kind>, --task <task>, --agent <agent>, --junit <file>, --piped, --quiet; growth-engine run command --help tells of each.",
  );
  addRun(feature, context);
  addList(feature, context);
}
