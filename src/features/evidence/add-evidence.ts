import { openRepository } from "../../platform/git/index.ts";
import { type CommandContext, paintFor, printable } from "../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import { type AppendedEvidence, appendEvidence } from "./append-evidence.ts";
import { type EntryOptions, entryOf, readEntries } from "./read-entries.ts";

export interface AddOptions extends EntryOptions {
  stdin?: boolean;
  json?: boolean;
}

const MAX_INPUT = 64 << 20;

function report(
  { written, redacted, advice }: AppendedEvidence,
  json: boolean,
  context: CommandContext,
): void {
  const paint = paintFor(context.colour);
  for (const said of redacted) context.err(`${paint("yellow", "redacted")} ${printable(said)}\n`);
  for (const said of advice) context.err(`${paint("yellow", "note")} ${printable(said)}\n`);
  if (json) context.out(`${JSON.stringify({ written, redacted }, null, 2)}\n`);
  else
    for (const { file, line } of written)
      context.out(`${printable(file)}${line === null ? "" : `:${line}`}\n`);
}

/** `growth-engine evidence add`: one entry from the options, or entries from standard input. */
export async function addEvidence(
  words: readonly string[],
  options: AddOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const repository = await openRepository(context.cwd);
  const now = context.clock.now();
  const defaults = { options, agent: options.agent ?? context.env.GROWTH_ENGINE_AGENT, now };
  const isPiped = options.stdin === true || words[0] === "-";
  const given = isPiped ? readEntries(await context.readInput(MAX_INPUT), defaults) : [entryOf(defaults)];
  const { topic, date } = options;
  report(await appendEvidence(repository, given, { topic, date, now }), options.json === true, context);
  return EXIT.ok;
}
