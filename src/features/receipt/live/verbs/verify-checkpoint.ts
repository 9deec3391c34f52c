import { utcTimestamp } from "../../../../platform/clock/index.ts";
import { type CommandContext, paintFor, printable } from "../../../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../../../vocabulary/exit-code.ts";
import { keysOfWords } from "../../read-keys.ts";
import { checkSignature, timeOfCosignature } from "../../signed-note.ts";
import { logKey, readCheckpointFile, whyUnsigned } from "./read-checkpoint-file.ts";

export interface VerifyOptions {
  key: string;
  witness?: string[];
  json?: boolean;
}

/** `growth-engine receipt verify`: asks nobody. */
export async function verifyCheckpoint(
  file: string,
  options: VerifyOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const checkpoint = readCheckpointFile(file, context);
  const why = whyUnsigned(checkpoint, logKey(options.key));
  const witnesses = keysOfWords(options.witness ?? []).map((key) => {
    const state = checkSignature(checkpoint.note, key);
    const at = timeOfCosignature(checkpoint.note, key);
    return { name: key.name, state, at: at === null ? null : utcTimestamp(at) };
  });
  const log = { name: checkpoint.origin, state: why === null ? "good" : "bad", why };
  const isGood = why === null && witnesses.every(({ state }) => state === "good");
  const paint = paintFor(context.colour);
  const said = [
    `${checkpoint.origin}: ${checkpoint.size} leaves; ${why ?? "signed by its log"}`,
    ...witnesses.map(({ name, state, at }) =>
      state === "good"
        ? `${name}: cosigned ${at}`
        : `${name}: ${state === "bad" ? "its cosignature does not hold" : "did not cosign"}`,
    ),
  ];
  const answer = { verified: isGood, size: checkpoint.size, log, witnesses };
  const lines = said.map((line) => `  ${printable(line)}\n`).join("");
  const mark = isGood ? paint("green", "✔") : paint("red", "✘");
  context.out(options.json ? `${JSON.stringify(answer, null, 2)}\n` : `${mark}${lines.slice(1)}`);
  return isGood ? EXIT.ok : EXIT.no;
}
