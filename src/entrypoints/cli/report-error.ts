import { isFault, isRefusal, messageOf } from "../../platform/errors/index.ts";
import { type CommandContext, paintFor, printable } from "../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";

/** The one place that turns what was thrown into words and an exit code. */
export function reportError(error: unknown, context: CommandContext): ExitCode {
  const paint = paintFor(context.colour && process.stderr.isTTY === true);
  const known = isRefusal(error) || isFault(error);
  const code = known ? error.code : "INTERNAL";
  context.err(`${paint("red", "error")} ${printable(messageOf(error))} ${paint("dim", `[${code}]`)}\n`);
  if (known && error.hint) context.err(`${paint("dim", "mend:")} ${printable(error.hint)}\n`);
  if (!known && error instanceof Error && context.env.GROWTH_ENGINE_DEBUG) context.err(`${error.stack}\n`);
  return isRefusal(error) ? error.exit : EXIT.fault;
}
