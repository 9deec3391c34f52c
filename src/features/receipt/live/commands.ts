import type { Command } from "commander";
import { addServerOptions, type ServerChoice } from "../../../platform/client/server-options.ts";
import { type CommandContext, runCommand } from "../../../platform/terminal/index.ts";
import type { CompareOptions } from "./verbs/compare-checkpoints.ts";
import type { CosignOptions } from "./verbs/cosign-checkpoint.ts";
import type { CheckpointOptions } from "./verbs/show-checkpoint.ts";
import type { VerifyOptions } from "./verbs/verify-checkpoint.ts";

const KEY = "public key of the log: a vkey, or a file that holds it";

function addAsking(feature: Command, context: CommandContext): void {
  const key = feature
    .command("key")
    .description("the public key that signs the fleet's log: for receipts.keys of growth-engine.json");
  runCommand<ServerChoice>(addServerOptions(key), async (options) =>
    (await import("./verbs/show-checkpoint.ts")).showKey(options, context),
  );
  const checkpoint = feature
    .command("checkpoint")
    .description(
      "a signed checkpoint of the log of received lines, as other tools read it (C2SP tlog-checkpoint)",
    )
    .option("--size <leaves>", "as it was when it had so many");
  runCommand<CheckpointOptions>(addServerOptions(checkpoint), async (options) =>
    (await import("./verbs/show-checkpoint.ts")).showCheckpoint(options, context),
  );
  const prove = feature
    .command("prove <file:line>")
    .description("prove that the log holds an evidence line of this checkout (C2SP tlog-proof)")
    .option(
      "--name <repository>",
      "the fleet's name of this repository (default: the one in receipts beside the line)",
    );
  runCommand<ServerChoice & { name?: string }>(addServerOptions(prove), async (options, [place = ""]) =>
    (await import("./verbs/prove-line.ts")).proveLine(place, options, context),
  );
}

function addComparing(feature: Command, context: CommandContext): void {
  const compare = feature
    .command("compare <checkpoint-a> <checkpoint-b>")
    .description(
      "compare what two auditors were shown: the same log, one the beginning of the other, or a split view; exit 1 on a split view",
    )
    .option("--key <key>", KEY)
    .option(
      "--proof <file>",
      "a consistency proof to use, one base64 hash a line, instead of asking the control plane",
    );
  runCommand<CompareOptions>(addServerOptions(compare), async (options, [one = "", two = ""]) =>
    (await import("./verbs/compare-checkpoints.ts")).compareCheckpoints(one, two, options, context),
  );
  const verify = feature
    .command("verify <checkpoint>")
    .description(
      "check the signatures of a checkpoint, offline: the log's, and those of witnesses; exit 1 when one lacks",
    )
    .requiredOption("--key <key>", KEY)
    .option("--witness <key...>", "public keys of witnesses that must have cosigned it")
    .option("--json", "print JSON");
  runCommand<VerifyOptions>(verify, async (options, [file = ""]) =>
    (await import("./verbs/verify-checkpoint.ts")).verifyCheckpoint(file, options, context),
  );
}

function addWitness(feature: Command, context: CommandContext): void {
  const cosign = feature
    .command("cosign <checkpoint>")
    .description(
      "as a witness: take the newest checkpoint, make sure that it goes on from the one in the file, cosign it and put it there (C2SP tlog-cosignature)",
    )
    .requiredOption("--key <key>", KEY)
    .requiredOption(
      "--witness-key <file>",
      "the witness's own Ed25519 private key, PEM; one that signs nothing else",
    )
    .requiredOption("--witness-name <name>", "the witness's name, such as witness.example.com/w1");
  runCommand<CosignOptions>(addServerOptions(cosign), async (options, [file = ""]) =>
    (await import("./verbs/cosign-checkpoint.ts")).cosignCheckpoint(file, options, context),
  );
}

/** `receipt key`, `checkpoint`, `prove`, `compare`, `verify`, `cosign`. */
export function addReceiptCommands(feature: Command, context: CommandContext): void {
  addAsking(feature, context);
  addComparing(feature, context);
  addWitness(feature, context);
}
