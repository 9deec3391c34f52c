import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { openClient, type ServerChoice } from "../../../../platform/client/index.ts";
import { messageOf, Refusal } from "../../../../platform/errors/index.ts";
import { type CommandContext, paintFor, printable } from "../../../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../../../vocabulary/exit-code.ts";
import { isConsistent } from "../../prove-consistency.ts";
import type * as contract from "../contract.ts";
import { logKey, type ReadCheckpoint, readCheckpointFile, whyUnsigned } from "./read-checkpoint-file.ts";

export interface CompareOptions extends ServerChoice {
  key?: string;
  proof?: string;
}

interface Comparison {
  result: "same" | "consistent" | "split-view" | "unproven";
  message: string;
}

const unhash = (hashes: readonly string[]) => hashes.map((hash) => Buffer.from(hash, "base64"));

async function findProof(
  [before, after]: readonly [ReadCheckpoint, ReadCheckpoint],
  options: CompareOptions,
  context: CommandContext,
): Promise<Buffer[]> {
  if (options.proof !== undefined) {
    try {
      const lines = readFileSync(resolve(context.cwd, options.proof), "utf8").split("\n");
      return unhash(lines.filter((line) => line.trim() !== ""));
    } catch (error) {
      throw new Refusal("INPUT_INVALID", `${options.proof} could not be read: ${messageOf(error)}`);
    }
  }
  const client = openClient({ ...options, env: context.env });
  const query = { from: before.size, to: after.size };
  const asked = await client.ask<typeof contract.proveConsistency>("GET /api/v1/receipt/consistency", {
    query,
  });
  return unhash(asked.proof);
}

/** Two checkpoints that one key signed, and that no single log can have. */
function splitView(one: ReadCheckpoint, two: ReadCheckpoint, isSigned: boolean): Comparison {
  const proof = isSigned ? "one key signed both: that is proof" : "--key tells whether one key signed both";
  return {
    result: "split-view",
    message: `SPLIT VIEW: at ${one.size} leaves ${one.origin} has two roots, ${one.root.toString("base64")} and ${two.root.toString("base64")}; ${proof}`,
  };
}

async function compare(
  one: ReadCheckpoint,
  two: ReadCheckpoint,
  options: CompareOptions,
  context: CommandContext,
): Promise<Comparison> {
  const [before, after] = one.size <= two.size ? [one, two] : [two, one];
  if (before.size === after.size) {
    if (!before.root.equals(after.root)) return splitView(one, two, options.key !== undefined);
    return { result: "same", message: `both show the same log: ${before.size} leaves` };
  }
  const proof = before.size === 0 ? [] : await findProof([before, after], options, context);
  if (isConsistent(before, after, proof))
    return {
      result: "consistent",
      message: `the log of ${before.size} leaves is the beginning of that of ${after.size}`,
    };
  return {
    result: "unproven",
    message: `SPLIT VIEW, unless another proof is brought: what was given does not show the log of ${before.size} leaves to be the beginning of that of ${after.size}`,
  };
}

function refuseUnsigned(checkpoints: readonly ReadCheckpoint[], word: string | undefined): void {
  const [one, two] = checkpoints;
  if (one?.origin !== two?.origin)
    throw new Refusal("INPUT_INVALID", `these are two logs: ${one?.origin} and ${two?.origin}`);
  if (word === undefined) return;
  const key = logKey(word);
  for (const [at, checkpoint] of checkpoints.entries()) {
    const why = whyUnsigned(checkpoint, key);
    if (why !== null)
      throw new Refusal("REFUSED", `checkpoint ${at === 0 ? "a" : "b"} proves nothing: ${why}`, {
        exit: EXIT.no,
      });
  }
}

/** `growth-engine receipt compare`: exit 1 where both cannot be of one log. */
export async function compareCheckpoints(
  a: string,
  b: string,
  options: CompareOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const [one, two] = [readCheckpointFile(a, context), readCheckpointFile(b, context)];
  refuseUnsigned([one, two], options.key);
  const { result, message } = await compare(one, two, options, context);
  const isGood = result === "same" || result === "consistent";
  const paint = paintFor(context.colour);
  const mark = isGood ? paint("green", "✔") : paint("red", "✘");
  const sizes = { a: one.size, b: two.size };
  const text = JSON.stringify({ result, origin: one.origin, sizes, message }, null, 2);
  context.out(options.json ? `${text}\n` : `${mark} ${printable(message)}\n`);
  return isGood ? EXIT.ok : EXIT.no;
}
