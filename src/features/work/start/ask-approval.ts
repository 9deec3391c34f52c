// Loaded only when somebody is there to answer.
import { confirm, isCancel } from "@clack/prompts";
import { printable } from "../../../platform/terminal/index.ts";
import { describeCommand, type SetUpCommand } from "./set-up-commands.ts";

/** May this command of the repository run, now and until it changes? */
export async function askApproval(command: SetUpCommand): Promise<boolean> {
  const answer = await confirm({
    message: `This repository's growth-engine.json wants to run, on every task start:\n  ${printable(describeCommand(command)).replaceAll("\n", "\\n")}\nMay it, until the command changes?`,
    initialValue: false,
  });
  return !isCancel(answer) && answer;
}
