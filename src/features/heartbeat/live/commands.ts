import type { Command } from "commander";
import { addServerOptions } from "../../../platform/client/server-options.ts";
import { type CommandContext, runCommand } from "../../../platform/terminal/index.ts";
import type { SendOptions } from "./send-verbs.ts";
import type { BacktestOptions, LiveOptions, PatternOptions, ThresholdOptions } from "./verbs.ts";

function addLive(feature: Command, context: CommandContext): void {
  const live = feature
    .command("live")
    .description(
      "where every agent of the fleet stands, from the control plane; exit 1 when one is stale or offline",
    )
    .option("--agent <agent>", "only this agent")
    .option("--watch", "stay, and show it again every two seconds");
  runCommand<LiveOptions>(addServerOptions(live), async (options) =>
    (await import("./verbs.ts")).showLive(options, context),
  );
}

function addSend(feature: Command, context: CommandContext): void {
  const send = feature
    .command("send")
    .description("beat on the control plane, as the agent of the token; durable when it returns")
    .option("--task <task>", "what is worked on (default: the only task that this checkout holds)")
    .option("--fence <number>", "from a claim elsewhere; a claim of this checkout is carried by itself")
    .option("--status <status>", "doing, waiting, blocked or done", "doing")
    .option("--progress <text>", "how far it is, such as 40%")
    .option("--file <path>", "the file that is worked on")
    .option("--session <session>", "names this run of the agent")
    .option("--tool <name>", 'the tool in flight, such as "npm test"; takes --budget')
    .option("--budget <duration>", "how long the tool may take before silence is news, such as 25m")
    .option("--call <id>", "names this call of the tool: beats during it do not give it its budget again")
    .option("--waiting-for <whom>", "human or rate-limit; with --status waiting")
    .option("--until <time>", "when the wait ends, RFC 3339; needed for a rate limit")
    .option("--tree <sum>", "sum of the working tree: another one is progress")
    .option("--result <sum>", "sum of the last result: another one is progress");
  runCommand<SendOptions>(addServerOptions(send), async (options) =>
    (await import("./send-verbs.ts")).sendBeat(options, context),
  );
}

function addPatterns(feature: Command, context: CommandContext): void {
  const patterns = feature
    .command("patterns")
    .description("how often agents beat, which tasks stand still longest, who was silent longest")
    .option("--days <days>", "how far back", "7");
  runCommand<PatternOptions>(addServerOptions(patterns), async (options) =>
    (await import("./verbs.ts")).showPatterns(options, context),
  );
  const backtest = feature
    .command("backtest")
    .description("how many alerts other thresholds would have raised, and how many of them falsely")
    .option("--minutes <list>", "thresholds to try", "10,15,20")
    .option("--days <days>", "how far back", "30")
    .option(
      "--grace <minutes>",
      "an alert is false when the same session beat again this soon after it",
      "10",
    );
  runCommand<BacktestOptions>(addServerOptions(backtest), async (options) =>
    (await import("./verbs.ts")).backtest(options, context),
  );
}

function addThresholds(feature: Command, context: CommandContext): void {
  const thresholds = feature
    .command("thresholds")
    .description(
      "after how much silence agents are late, stale, offline; with a duration: set it; for managers",
    )
    .option("--agent <agent>", "of this agent, not of the fleet")
    .option("--interval <duration>", "how often to beat, such as 5m; default leaves it to fleet or product")
    .option("--late <duration>", "silent for longer than it should be")
    .option("--stale <duration>", "silent so long that somebody must look")
    .option("--offline <duration>", "silent so long that nobody is there")
    .option("--keep-days <days>", "how long beats are kept; of the fleet");
  runCommand<ThresholdOptions>(addServerOptions(thresholds), async (options) =>
    (await import("./verbs.ts")).thresholds(options, context),
  );
}

/** `heartbeat live`, `send`, `patterns`, `backtest`, `thresholds`: what a control plane knows. */
export function addLiveCommands(feature: Command, context: CommandContext): void {
  addLive(feature, context);
  addSend(feature, context);
  addPatterns(feature, context);
  addThresholds(feature, context);
}
