import type { Command } from "commander";
import { Refusal } from "../../platform/errors/index.ts";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";
import type { AskedGuards } from "./asked-guards.ts";
import type { ExplainOptions } from "./explain.ts";
import type { ObserveOptions } from "./observe/observe-guards.ts";
import type { ReceiveOptions } from "./receive.ts";
import type { GuardOptions } from "./run-guards.ts";
import { addSubjectOptions } from "./subject-options.ts";
import type { TrendOptions } from "./trend/show-trend.ts";

const KINDS: readonly { name: string; guards: AskedGuards; says: string }[] = [
  {
    name: "all",
    guards: "all",
    says: "all three guards, and witness where the config asks for it; one verdict (what `guard` alone does)",
  },
  {
    name: "mcp",
    guards: ["guard-mcp"],
    says: "guard-mcp: does the change carry evidence of what was consulted?",
  },
  {
    name: "idle",
    guards: ["idle-guard"],
    says: "idle-guard: was an agent silent while its task said doing?",
  },
  {
    name: "ban",
    guards: ["dev-mcp-ban"],
    says: "dev-mcp-ban: does production reach a development-only MCP server?",
  },
  {
    name: "witness",
    guards: ["witness"],
    says: "witness: which recorders saw the work, and what did nobody see?",
  },
];

function addReportOptions(command: Command): Command {
  return command
    .option("--format <name>", "text, json, sarif, junit, github or markdown", "text")
    .option("--json", "short for --format json")
    .option("--output <file>", "write the format there, and text to the terminal")
    .option("--observe", "say what would be blocked, and never fail")
    .option(
      "--since <when>",
      "with --observe: past pull requests too, since 90d, 12w, 2026-01-01 or a revision",
    )
    .option("--limit <number>", "with --since: the newest so many (default: 1000)");
}

/** A check that looked back instead of judging would be a check that judges nothing. */
function refuseLookingBack({ observe, since, limit }: ObserveOptions & { observe?: boolean }): void {
  if (observe || (since === undefined && limit === undefined)) return;
  throw new Refusal("USAGE", "--since and --limit look back, which only --observe does", {
    hint: "growth-engine guard --observe --since 90d",
  });
}

/** `guard mcp|idle|ban|all`, `guard explain`, `guard receive`. */
export function addGuardCommands(feature: Command, context: CommandContext): void {
  for (const { name, guards, says } of KINDS) {
    const command = feature.command(name, { isDefault: name === "all" }).description(says);
    addReportOptions(addSubjectOptions(command));
    runCommand<GuardOptions & ObserveOptions & { observe?: boolean }>(command, async (options) => {
      refuseLookingBack(options);
      return options.observe
        ? (await import("./observe/observe-guards.ts")).observeGuards(guards, options, context)
        : (await import("./run-guards.ts")).runGuards(guards, options, context);
    });
  }
  const explain = feature
    .command("explain [rule]")
    .description("which facts decided the verdict, and the commands that mend it; or what one rule means");
  addSubjectOptions(explain).option("--json", "facts and verdict as JSON");
  runCommand<ExplainOptions>(explain, async (options, [rule]) =>
    (await import("./explain.ts")).explain(rule, options, context),
  );
  const trend = feature
    .command("trend")
    .description(
      "how guarding went: compliance, failures, times and effect, from the default branch's history",
    )
    .option("--since <when>", "90d, 12w, 2026-01-01 or a revision (default: 90d before the newest commit)")
    .option("--base <revision>", "the branch whose history is read (default: the default branch)")
    .option("--limit <number>", "the newest so many pull requests (default: 1000)")
    .option("--json", "every number as JSON");
  runCommand<TrendOptions>(trend, async (options) =>
    (await import("./trend/show-trend.ts")).showTrend(options, context),
  );
  const receive = feature
    .command("receive")
    .description("judge the ref updates on standard input; for a pre-receive hook")
    .option("--branch <glob...>", "guarded branches (default: the branch that HEAD names)");
  runCommand<ReceiveOptions>(receive, async (options) =>
    (await import("./receive.ts")).receive(options, context),
  );
}
