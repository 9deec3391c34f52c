import { processContext } from "./process-context.ts";
import { reportError } from "./report-error.ts";

async function main(): Promise<void> {
  const words = process.argv.slice(2);
  const context = processContext();
  try {
    // Answered before the command parser is loaded: hooks and installers ask this often.
    if (words.length === 1 && (words[0] === "--version" || words[0] === "-V")) {
      context.out(`${context.version}\n`);
      return;
    }
    const { runProgram } = await import("./program.ts");
    process.exitCode = await runProgram(words, context);
  } catch (error) {
    process.exitCode = reportError(error, context);
  }
}

void main();
