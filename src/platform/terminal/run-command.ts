import type { Command } from "commander";
import type { ExitCode, PassedCode } from "../../vocabulary/exit-code.ts";

/** What a command does: its options and positional words in, an exit code out. */
export type CommandRun<Options> = (
  options: Options,
  words: string[],
) => Promise<ExitCode | PassedCode> | ExitCode;

/** Kept on the command itself, since each bundle carries its own copy of this module. */
const ANSWER = Symbol.for("growth-engine.answer");

type Answering = Command & { [ANSWER]?: ExitCode | PassedCode };

/** Binds the deed of a command. The process exits in one place; a command only returns its code. */
export function runCommand<Options>(command: Command, run: CommandRun<Options>): Command {
  return command.action(async () => {
    rootOf(command)[ANSWER] = await run(command.opts() as Options, command.args);
  });
}

function rootOf(command: Command): Answering {
  let root: Answering = command;
  while (root.parent) root = root.parent;
  return root;
}

/** The code that the command under this root returned, or undefined when none ran. */
export function answerOf(root: Command): ExitCode | PassedCode | undefined {
  return (root as Answering)[ANSWER];
}
