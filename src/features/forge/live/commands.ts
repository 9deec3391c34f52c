import type { Command } from "commander";
import { addServerOptions, type ServerChoice } from "../../../platform/client/server-options.ts";
import { type CommandContext, runCommand } from "../../../platform/terminal/index.ts";
import type { AddHookOptions, RotateOptions } from "./hook/verbs.ts";
import type { AddTrustOptions } from "./trust/verbs.ts";
import type { DeliveriesOptions, PullsOptions, RunsOptions } from "./verbs.ts";

function addHooks(feature: Command, context: CommandContext): void {
  const hook = feature.command("hook").description("webhooks that may tell the fleet something");
  const add = hook
    .command("add")
    .description("make an address and a secret for a webhook; for managers")
    .argument("<forge>", "github or gitlab")
    .option(
      "--repository <name>",
      "of this repository alone (default: all whose fleet names are the forge's)",
    )
    .option("--forge-name <owner/name>", "what the forge calls it, where that is another name");
  runCommand<AddHookOptions>(addServerOptions(add), async (options, [forge = ""]) =>
    (await import("./hook/verbs.ts")).addHook(forge, options, context),
  );
  const list = hook
    .command("list")
    .description("the webhooks, and what each brought lately; never their secrets");
  runCommand<ServerChoice>(addServerOptions(list), async (options) =>
    (await import("./hook/verbs.ts")).listHooks(options, context),
  );
  const rotate = hook
    .command("rotate")
    .description("make another secret; the one before stays good for a while; for managers")
    .argument("<id>", "from hook list")
    .option("--hours <hours>", "how long the old one stays good", "24");
  runCommand<RotateOptions>(addServerOptions(rotate), async (options, [id = ""]) =>
    (await import("./hook/verbs.ts")).rotateHook(id, options, context),
  );
  const remove = hook
    .command("remove")
    .description("take no more events from a webhook; for managers")
    .argument("<id>", "from hook list");
  runCommand<ServerChoice>(addServerOptions(remove), async (options, [id = ""]) =>
    (await import("./hook/verbs.ts")).removeHook(id, options, context),
  );
}

function addTrusts(feature: Command, context: CommandContext): void {
  const trust = feature
    .command("trust")
    .description("CI workflows that may publish verdicts by their OpenID tokens");
  const add = trust
    .command("add")
    .description("believe one workflow of a repository; for managers")
    .argument("<repository>", "the fleet's name for it")
    .requiredOption(
      "--id <number>",
      "the repository's number on the forge: gh api repos/<owner>/<name> --jq .id",
    )
    .option("--workflow <path>", "its file", ".github/workflows/growth-engine.yml")
    .option("--ref <globs...>", "refs of which that file is believed (default: refs/heads/main)")
    .option("--forge <forge>", "github or gitlab", "github")
    .option(
      "--issuer <url>",
      "who signs the tokens, of a forge of one's own (default: github.com's, gitlab.com's)",
    )
    .option("--audience <text>", "what the tokens are made for (default: the control plane's address)")
    .option("--forge-name <owner/name>", "what the forge calls the repository, where that is another name");
  runCommand<AddTrustOptions>(addServerOptions(add), async (options, [repository = ""]) =>
    (await import("./trust/verbs.ts")).addTrust(repository, options, context),
  );
  const list = trust.command("list").description("the workflows that are believed");
  runCommand<ServerChoice>(addServerOptions(list), async (options) =>
    (await import("./trust/verbs.ts")).listTrusts(options, context),
  );
  const remove = trust
    .command("remove")
    .description("believe a workflow no longer; for managers")
    .argument("<id>", "from trust list");
  runCommand<ServerChoice>(addServerOptions(remove), async (options, [id = ""]) =>
    (await import("./trust/verbs.ts")).removeTrust(id, options, context),
  );
}

function addLists(feature: Command, context: CommandContext): void {
  const pulls = feature
    .command("pulls")
    .description("pull requests as the forge told of them, with approvals and verdict; newest first")
    .option("--repository <name>", "only of this repository")
    .option("--state <state>", "open, closed or merged")
    .option(
      "--without-verdict",
      "only those whose head no attested verdict passed; exit 1 when there are any",
    )
    .option("--since <time>", "only what changed since then, RFC 3339")
    .option("--limit <count>", "how many", "50");
  runCommand<PullsOptions>(addServerOptions(pulls), async (options) =>
    (await import("./verbs.ts")).listPulls(options, context),
  );
  const runs = feature
    .command("runs")
    .description("CI runs, jobs, checks and statuses as the forge told of them; newest first")
    .option("--repository <name>", "only of this repository")
    .option("--head <commit>", "only over this commit")
    .option("--kind <kind>", "workflow, job, suite, check or status")
    .option("--conclusion <conclusion>", "such as failure, timed_out or cancelled")
    .option("--limit <count>", "how many", "50");
  runCommand<RunsOptions>(addServerOptions(runs), async (options) =>
    (await import("./verbs.ts")).listRuns(options, context),
  );
  const deliveries = feature
    .command("deliveries")
    .description("what webhooks brought, and what was made of it; newest first")
    .option("--hook <id>", "only of this webhook")
    .option("--outcome <outcome>", "kept, older, ignored or unknown")
    .option("--limit <count>", "how many", "50");
  runCommand<DeliveriesOptions>(addServerOptions(deliveries), async (options) =>
    (await import("./verbs.ts")).listDeliveries(options, context),
  );
}

/** `forge hook`, `trust`, `pulls`, `runs`, `deliveries`. */
export function addForgeCommands(feature: Command, context: CommandContext): void {
  addHooks(feature, context);
  addTrusts(feature, context);
  addLists(feature, context);
}
