import type { Command } from "commander";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";
import type { BeatOptions } from "./record-beat.ts";
import type { StatusOptions } from "./show-status.ts";
import type { VerifyOptions } from "./verify-heartbeat.ts";

function addBeat(feature: Command, context: CommandContext): void {
  const beat = feature
    .command("beat")
    .description("say that work goes on, waits or is done: appends one line to today's heartbeat file")
    .requiredOption("--task <task>", "what is worked on, such as ENG-042")
    .option("--status <status>", "doing, blocked or done", "doing")
    .option("--progress <text>", "how far it is, such as 40%")
    .option("--file <path>", "the file that is worked on")
    .option("--agent <agent>", "who works (default: $GROWTH_ENGINE_AGENT)")
    .option("--session <session>", "beat into a file of this session's own")
    .option("--json", "print the line and its file as JSON");
  runCommand<BeatOptions>(beat, async (options) =>
    (await import("./record-beat.ts")).recordBeat(options, context),
  );
}

function addStatus(feature: Command, context: CommandContext): void {
  const status = feature
    .command("status")
    .description("the agents and tasks of this checkout: fresh, late, blocked, done; exit 1 when one is late")
    .option("--agent <agent>", "only this agent")
    .option("--task <task>", "only this task")
    .option("--all", "also what was done over a day ago")
    .option("--json", "print JSON");
  runCommand<StatusOptions>(status, async (options) =>
    (await import("./show-status.ts")).showStatus(options, context),
  );
}

function addVerify(feature: Command, context: CommandContext): void {
  const verify = feature
    .command("verify")
    .description(
      "check lines, order and gaps of all heartbeat files, with trends; exit 1 when something blocks",
    )
    .option("--head <revision>", "read this commit instead of the working tree")
    .option("--json", "print JSON: the same as --format json")
    .option("--format <format>", "text, json, sarif, junit, github or markdown", "text")
    .option("--trends", "with JSON: print the trends too");
  runCommand<VerifyOptions>(verify, async (options) =>
    (await import("./verify-heartbeat.ts")).verifyHeartbeat(options, context),
  );
}

/** `heartbeat beat`, `heartbeat status` and `heartbeat verify`. */
export function addHeartbeatCommands(feature: Command, context: CommandContext): void {
  addBeat(feature, context);
  addStatus(feature, context);
  addVerify(feature, context);
}
