import type { Argument, Command, Option } from "commander";
import { loadProgram } from "./load-program.ts";
import { type Pages, table } from "./page.ts";

function usageOf(command: Command): string {
  const words: string[] = [];
  for (let at: Command | null = command; at; at = at.parent) words.unshift(at.name());
  const places = command.registeredArguments.map(placeOf);
  const options = command.options.length > 0 ? ["[options]"] : [];
  return [...words, ...options, ...places].join(" ");
}

function placeOf(argument: Argument): string {
  const name = argument.variadic ? `${argument.name()}...` : argument.name();
  return argument.required ? `<${name}>` : `[${name}]`;
}

function optionRow(option: Option): string[] {
  const fallback = option.defaultValue === undefined ? "" : ` (default: ${String(option.defaultValue)})`;
  const needed = option.mandatory ? " (required)" : "";
  return [`\`${option.flags}\``, `${option.description}${fallback}${needed}`.replaceAll("<", "&lt;")];
}

function commandPart(command: Command): string {
  const words = usageOf(command).replace(/ \[options\].*| [<[].*/, "");
  const rows = [
    ...command.registeredArguments
      .filter(({ description }) => description !== "")
      .map((argument) => [`\`${placeOf(argument)}\``, argument.description]),
    ...command.options.map(optionRow),
  ];
  const aliases = command.aliases().map((alias) => `\`${alias}\``);
  return [
    `### \`${words}\``,
    `${command.description()}${aliases.length > 0 ? ` (also ${aliases.join(", ")})` : ""}`,
    `\`\`\`sh\n${usageOf(command)}\n\`\`\``,
    ...(rows.length > 0 ? [table(["option", "meaning"], rows)] : []),
  ].join("\n\n");
}

function featurePart(feature: Command): string {
  const also = feature.aliases().map((alias) => `\`${alias}\``);
  const intro = `${feature.description()}${also.length > 0 ? ` (also ${also.join(", ")})` : ""}`;
  // A feature without verbs is a command itself.
  const own = feature.commands.length === 0 ? [commandPart(feature)] : [];
  const commands = [...own, ...feature.commands.map(commandPart)];
  return [`## ${feature.name()}`, intro, ...commands].join("\n\n");
}

const INTRO = `# Commands

\`growth-engine <feature> <verb>\`, or \`ge\` for short. \`--help\` works on each of them. Text for people and machines goes
to standard output, errors go to standard error; colour shows only on a terminal without \`NO_COLOR\` or \`CI\`. Every command
answers with one of four [exit codes](exit-codes.md).`;

/** The page of all commands, read from the command line itself. */
export async function commandPages(): Promise<Pages> {
  const program = await loadProgram();
  const parts = program.commands.map(featurePart);
  return { "docs/reference/commands.md": `${[INTRO, ...parts].join("\n\n")}\n` };
}
