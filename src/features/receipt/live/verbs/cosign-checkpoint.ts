import { createPublicKey } from "node:crypto";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { openClient, type ServerChoice, show } from "../../../../platform/client/index.ts";
import { Refusal } from "../../../../platform/errors/index.ts";
import { writeWhole } from "../../../../platform/files/index.ts";
import type { CommandContext } from "../../../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../../../vocabulary/exit-code.ts";
import { readPrivateKey } from "../../private-key.ts";
import { isConsistent } from "../../prove-consistency.ts";
import { cosignLine } from "../../signed-note.ts";
import { isKeyName, nameKey, type VerifierKey, writeVerifierKey } from "../../verifier-key.ts";
import type * as contract from "../contract.ts";
import {
  logKey,
  type ReadCheckpoint,
  readCheckpointFile,
  takeCheckpoint,
  whyUnsigned,
} from "./read-checkpoint-file.ts";

export interface CosignOptions extends ServerChoice {
  key: string;
  witnessKey: string;
  witnessName: string;
}

const READABLE = 0o644;

function refuse(message: string): never {
  throw new Refusal("REFUSED", message, {
    exit: EXIT.no,
    hint: "keep both checkpoints: growth-engine receipt compare; the log may have shown somebody else another history",
  });
}

function refuseUnsigned(checkpoint: ReadCheckpoint, key: VerifierKey, name: string): void {
  const why = whyUnsigned(checkpoint, key);
  if (why !== null) refuse(`${name} is not cosigned: ${why}`);
}

/** The newest checkpoint of the log, shown to go on from the one that this witness saw last. */
async function nextOf(
  before: ReadCheckpoint | null,
  key: VerifierKey,
  options: CosignOptions,
  env: NodeJS.ProcessEnv,
) {
  const client = openClient({ ...options, env });
  const query = { from: before?.size ?? 0 };
  const asked = await client.ask<typeof contract.proveConsistency>("GET /api/v1/receipt/consistency", {
    query,
  });
  const now = takeCheckpoint(asked.checkpoint, "what the control plane answered");
  refuseUnsigned(now, key, "the checkpoint of the control plane");
  const proof = asked.proof.map((hash) => Buffer.from(hash, "base64"));
  if (before !== null && !isConsistent(before, now, proof))
    refuse(`not cosigned: the log of ${now.size} leaves does not go on from that of ${before.size}`);
  return now;
}

/**
 * `growth-engine receipt cosign`: the file is the witness's memory, so it is replaced only by what goes on from it.
 * @throws Refusal REFUSED where the log does not go on from what the witness saw
 */
export async function cosignCheckpoint(
  file: string,
  options: CosignOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const path = resolve(context.cwd, file);
  const key = logKey(options.key);
  const privateKey = readPrivateKey(resolve(context.cwd, options.witnessKey));
  if (!isKeyName(options.witnessName))
    throw new Refusal("INPUT_INVALID", "--witness-name is one word without spaces and plus signs");
  const witness = nameKey(options.witnessName, "cosignature", createPublicKey(privateKey));
  const before = existsSync(path) ? readCheckpointFile(file, context) : null;
  if (before !== null) refuseUnsigned(before, key, file);
  const now = await nextOf(before, key, options, context.env);
  writeWhole(
    path,
    Buffer.from(now.text + cosignLine(now.note.text, witness, privateKey, context.clock.now())),
    READABLE,
  );
  const seen = before === null ? "it is the first that this witness sees" : `it goes on from ${before.size}`;
  const answer = {
    file: path,
    size: now.size,
    from: before?.size ?? null,
    witness: writeVerifierKey(witness),
  };
  return show(
    context,
    options,
    answer,
    `cosigned a log of ${now.size} leaves (${seen}); the witness's public key is ${answer.witness}`,
  );
}
