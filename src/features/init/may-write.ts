import { Refusal } from "../../platform/errors/index.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";
import type { WishOptions } from "./wishes.ts";

/** Options of `init`. */
export interface InitOptions extends WishOptions {
  yes?: boolean;
  dryRun?: boolean;
  undo?: boolean;
  json?: boolean;
}

/**
 * Asks whether to go on.
 * @throws Refusal USAGE when it was not said beforehand and nobody is there to be asked
 */
export async function mayWrite(
  options: InitOptions,
  context: CommandContext,
  question: string,
): Promise<boolean> {
  if (options.yes) return true;
  if (options.json || !context.interactive) {
    throw new Refusal("USAGE", "nothing was written: nobody is there to be asked", {
      hint: `growth-engine init ${options.undo ? "--undo " : ""}--yes`,
    });
  }
  const { askGo } = await import("./ask.ts");
  return (await askGo(question)) === true;
}
