import type { Command } from "commander";
import { addServerOptions } from "../../../platform/client/server-options.ts";
import { type CommandContext, runCommand } from "../../../platform/terminal/index.ts";
import { addSubjectOptions } from "../subject-options.ts";
import type { PublishOptions } from "./publish-verbs.ts";
import type { RatesOptions, VerdictsOptions } from "./verbs.ts";

function addPublish(feature: Command, context: CommandContext): void {
  const publish = feature
    .command("publish")
    .description("run the guards as `guard all` does, and send the verdict to the control plane")
    .option("--verdict <file>", "send this one (of guard --json), or - for standard input; runs no guard")
    .option("--repository <name>", "the fleet's name for this repository (default: what CI calls it)")
    .option("--pull <number>", "the pull request that is judged (default: of the CI event)")
    .option("--run-url <url>", "the CI run that judged (default: of the CI run)")
    .option(
      "--audience <text>",
      "what the runner's OpenID token is made for, as `forge trust add` was told (default: the control plane's address)",
    );
  runCommand<PublishOptions>(addServerOptions(addSubjectOptions(publish)), async (options) =>
    (await import("./publish-verbs.ts")).publishVerdict(options, context),
  );
}

function addVerdicts(feature: Command, context: CommandContext): void {
  const verdicts = feature
    .command("verdicts")
    .description("the verdicts that the control plane keeps, newest first; with a number: that one")
    .argument("[id]", "from the list")
    .option("--repository <name>", "only of this repository")
    .option("--pull <number>", "only of this pull request")
    .option("--head <commit>", "only over this commit")
    .option("--guard <guard>", "only where this guard answered, such as guard-mcp")
    .option("--verdict <verdict>", "pass, fail or error; with --guard also not-applicable")
    .option("--since <time>", "only since then, RFC 3339")
    .option("--attested", "only of trusted CI and of the server itself, nobody's mere word")
    .option("--limit <count>", "how many", "50");
  runCommand<VerdictsOptions>(addServerOptions(verdicts), async (options, [id]) =>
    (await import("./verbs.ts")).showVerdicts(id, options, context),
  );
}

/** `guard publish`, `verdicts`, `rates`: what a control plane keeps of verdicts. */
export function addVerdictCommands(feature: Command, context: CommandContext): void {
  addPublish(feature, context);
  addVerdicts(feature, context);
  const rates = feature
    .command("rates")
    .description("how guarding goes: passes by guard, rules found most, time until a failure was resolved")
    .option("--repository <name>", "only of this repository")
    .option("--attested", "only verdicts of trusted CI and of the server itself")
    .option("--days <days>", "how far back", "30");
  runCommand<RatesOptions>(addServerOptions(rates), async (options) =>
    (await import("./verbs.ts")).showRates(options, context),
  );
}
