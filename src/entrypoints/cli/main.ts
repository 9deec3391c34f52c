import type { CommandContext } from "../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import { processContext } from "./process-context.ts";
import { reportError } from "./report-error.ts";

async function main(context: CommandContext): Promise<ExitCode> {
  const words = process.argv.slice(2);
  // Answered before the command parser is loaded: hooks and installers ask this often.
  if (words.length === 1 && (words[0] === "--version" || words[0] === "-V")) {
    context.out(`${context.version}\n`);
    return EXIT.ok;
  }
  const { runProgram } = await import("./program.ts");
  return runProgram(words, context);
}

const context = processContext();
// Whatever ends the process before there is an answer must not look like one: neither 0 nor Node's own 1.
process.exitCode = EXIT.fault;
process.on("uncaughtException", (error) => process.exit(reportError(error, context)));
main(context).then(
  (answer) => {
    process.exitCode = answer;
  },
  (error) => {
    process.exitCode = reportError(error, context);
  },
);
