import type { ServerChoice } from "../../platform/client/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import type { Json } from "../../platform/mcp/index.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";

/** Where the tools of one process work: a checkout, and a control plane where there is one. */
export interface Workplace {
  /** Its `cwd` is the checkout; nothing in it reaches standard input or output, which belong to the protocol. */
  context: CommandContext;
  server: ServerChoice;
}

/** The place of a command that speaks the protocol on its standard input and output. */
export function workplace(context: CommandContext, folder: string, server: ServerChoice): Workplace {
  const silent: CommandContext = {
    cwd: folder,
    env: context.env,
    clock: context.clock,
    version: context.version,
    out: context.err,
    err: context.err,
    colour: false,
    interactive: false,
    columns: 100,
    readInput: async () => {
      throw new Refusal("INPUT_INVALID", "standard input belongs to the protocol: give the text itself");
    },
  };
  return { context: silent, server };
}

/** Runs a deed of the command line in this process; what it prints to programs is the answer. */
export async function answerOf(
  { context }: Workplace,
  deed: (own: CommandContext) => Promise<unknown>,
): Promise<Json> {
  let said = "";
  await deed({
    ...context,
    out: (text) => {
      said += text;
    },
  });
  return JSON.parse(said) as Json;
}
