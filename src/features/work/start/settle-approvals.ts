import { Refusal } from "../../../platform/errors/index.ts";
import type { CommandContext } from "../../../platform/terminal/index.ts";
import { approvalOf, approve, isApproved } from "./approvals.ts";
import { describeCommand, type SetUpCommand } from "./set-up-commands.ts";

function refuse(command: SetUpCommand, others: number): never {
  const more = others > 0 ? `, and ${others} more` : "";
  throw new Refusal(
    "COMMAND_UNAPPROVED",
    `nobody approved the set-up command of this repository: ${describeCommand(command)}${more}`,
    {
      hint: `read it, then: ${approvalOf(command)}; or go without: growth-engine task start --no-set-up …`,
    },
  );
}

/**
 * Asks for what this user has not approved yet, one by one; without a terminal it is refused.
 * @throws Refusal COMMAND_UNAPPROVED
 */
export async function settleApprovals(
  commands: readonly SetUpCommand[],
  context: CommandContext,
): Promise<void> {
  const open = commands.filter((command) => !isApproved(command, context.env));
  const [first] = open;
  if (first === undefined) return;
  if (context.interactive !== true) refuse(first, open.length - 1);
  const { askApproval } = await import("./ask-approval.ts");
  for (const command of open) {
    if (!(await askApproval(command))) refuse(command, 0);
    approve(command, context);
  }
}
