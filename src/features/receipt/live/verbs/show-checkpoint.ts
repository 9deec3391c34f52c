import { openClient, type ServerChoice } from "../../../../platform/client/index.ts";
import { type CommandContext, printable } from "../../../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../../../vocabulary/exit-code.ts";
import type * as contract from "../contract.ts";

export interface CheckpointOptions extends ServerChoice {
  size?: string;
}

/** Prints the key alone, so that it can go where it belongs. */
export async function showKey(options: ServerChoice, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const answer = await client.ask<typeof contract.showKey>("GET /api/v1/receipt/key");
  context.out(options.json ? `${JSON.stringify(answer, null, 2)}\n` : `${printable(answer.key)}\n`);
  return EXIT.ok;
}

/** Prints the note alone, so that it can be kept in a file. */
export async function showCheckpoint(options: CheckpointOptions, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const query = options.size === undefined ? {} : { size: options.size };
  const answer = await client.ask<typeof contract.showCheckpoint>("GET /api/v1/receipt/checkpoint", {
    query,
  });
  const note = answer.checkpoint.split("\n").map(printable).join("\n");
  context.out(options.json ? `${JSON.stringify(answer, null, 2)}\n` : note);
  return EXIT.ok;
}
