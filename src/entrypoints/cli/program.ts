import { Command, CommanderError, Help } from "commander";
import { Refusal } from "../../platform/errors/index.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";
import { answerOf } from "../../platform/terminal/run-command.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import { FEATURES } from "./features.ts";

function createCommand(context: CommandContext): Command {
  const program = new Command("growth-engine")
    .description("Evidence, heartbeats, the Dev MCP ban and merge guards for code that agents write.")
    .option("-V, --version", "print the version")
    .exitOverride()
    .configureOutput({
      writeOut: context.out,
      writeErr: () => undefined,
      getOutHelpWidth: () => context.columns,
    })
    .showSuggestionAfterError(true)
    .helpCommand(false);
  program.addHelpText(
    "after",
    "\nShort alias: ge. Each command has --help. Exit codes: 0 well, 1 no, 2 asked wrongly, 3 could not run.",
  );
  return program;
}

/** commander throws for help and for mistakes alike; only the second is an error. */
function translate(error: unknown): ExitCode {
  if (!(error instanceof CommanderError)) throw error;
  if (error.exitCode === 0 || error.code === "commander.help")
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  const [sentence = "", ...suggestion] = error.message.replace(/^error: /, "").split("\n");
  const near = suggestion
    .join(" ")
    .replace(/^\(|\)$/g, "")
    .trim();
  throw new Refusal("USAGE", sentence, { hint: near || "growth-engine <feature> --help" });
}

/** Loads the one feature that the words name, and runs its command. */
export async function runProgram(words: readonly string[], context: CommandContext): Promise<ExitCode> {
  const program = createCommand(context);
  for (const [name, row] of Object.entries(FEATURES)) {
    const feature = program.command(name).description(row.says).helpCommand(false);
    feature.aliases([...(row.aliases ?? [])]);
    if (words.find((word) => !word.startsWith("-")) === name || row.aliases?.includes(words[0] ?? "")) {
      (await row.load())(feature, context);
    }
  }
  if (words.length === 0) {
    context.out(new Help().formatHelp(program, program.createHelp()));
    return EXIT.ok;
  }
  try {
    await program.parseAsync([...words], { from: "user" });
  } catch (error) {
    return translate(error);
  }
  return answerOf(program) ?? EXIT.usage;
}
