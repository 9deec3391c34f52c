import { Command, CommanderError } from "commander";
import { Refusal } from "../../platform/errors/index.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";
import { answerOf } from "../../platform/terminal/run-command.ts";
import { EXIT, type ExitCode, type PassedCode } from "../../vocabulary/exit-code.ts";
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

/** The command below `parent` that a word names. */
function findCommand(parent: Command, word: string | undefined): Command | undefined {
  return parent.commands.find(
    (command) => word !== undefined && [command.name(), ...command.aliases()].includes(word),
  );
}

function hintFor(error: CommanderError, feature: Command | undefined, near: string): string {
  if (near !== "") return near;
  const help = feature ? `growth-engine ${feature.name()} --help` : "growth-engine --help";
  const asksForVerb = ["commander.unknownCommand", "commander.excessArguments"].includes(error.code);
  if (!feature || !asksForVerb || feature.commands.length === 0) return help;
  return `${help}; its verbs are ${feature.commands.map((command) => command.name()).join(", ")}`;
}

/** A word that is no verb goes to the verb that needs no name, which takes no words: it was meant as a verb. */
async function refuseVerb(error: CommanderError, feature: Command | undefined, typed: string): Promise<void> {
  const verbs = feature?.commands.map((command) => command.name()) ?? [];
  if (error.code !== "commander.excessArguments" || !feature || verbs.length === 0) return;
  if (verbs.includes(typed)) return;
  const { nearestOf } = await import("../../platform/errors/nearest.ts");
  const near = nearestOf(typed, verbs);
  const hint =
    near === null
      ? `growth-engine ${feature.name()} --help; its verbs are ${verbs.join(", ")}`
      : `growth-engine ${feature.name()} ${near}`;
  throw new Refusal("USAGE", `${feature.name()} has no verb "${typed}"`, { hint });
}

/** commander throws for help and for mistakes alike; only the second is an error. */
async function translate(
  error: unknown,
  feature: Command | undefined,
  words: readonly string[],
): Promise<ExitCode> {
  if (!(error instanceof CommanderError)) throw error;
  if (error.exitCode === 0) return EXIT.ok;
  if (error.code === "commander.help") {
    const verbs = feature?.commands.map((command) => command.name()).join(", ");
    throw new Refusal("USAGE", `what is "${feature?.name()}" to do? ${verbs}`, {
      hint: `growth-engine ${feature?.name()} --help`,
    });
  }
  const [, typed = ""] = words.filter((word) => !word.startsWith("-"));
  if (words[words.indexOf(typed) - 1] === words[0]) await refuseVerb(error, feature, typed);
  const [sentence = "", ...suggestion] = error.message.replace(/^error: /, "").split("\n");
  const near = suggestion
    .join(" ")
    .replace(/^\(|\)$/g, "")
    .trim();
  throw new Refusal("USAGE", sentence, { hint: hintFor(error, feature, near) });
}

/** Loads the one feature that the words name, and runs its command. */
export async function runProgram(
  given: readonly string[],
  context: CommandContext,
): Promise<ExitCode | PassedCode> {
  const words = given[0] === "help" ? [...given.slice(1), "--help"] : given;
  const program = createCommand(context);
  for (const [name, row] of Object.entries(FEATURES)) {
    const feature = program.command(name).description(row.says).helpCommand(false);
    feature.aliases([...(row.aliases ?? [])]);
  }
  if (words.length === 0) {
    program.outputHelp();
    return EXIT.ok;
  }
  const feature = findCommand(
    program,
    words.find((word) => !word.startsWith("-")),
  );
  if (feature) (await FEATURES[feature.name()]?.load())?.(feature, context);
  try {
    await program.parseAsync([...words], { from: "user" });
  } catch (error) {
    return await translate(error, feature, words);
  }
  return answerOf(program) ?? EXIT.usage;
}
