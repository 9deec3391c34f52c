import { openClient, type ServerChoice } from "../../../platform/client/index.ts";
import { type CommandContext, paintFor } from "../../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../../vocabulary/exit-code.ts";
import type * as contract from "../contract.ts";
import { checklistMarkdown, renderChecklist } from "./render-checklist.ts";

/** `growth-engine day show`: exit 1 when a box of it is open. */
export async function showDay(
  options: ServerChoice & { markdown?: boolean },
  context: CommandContext,
): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const { items } = await client.ask<typeof contract.listDays>("GET /api/v1/day", { query: { limit: 1 } });
  const [last] = items;
  if (options.json) context.out(`${JSON.stringify(last ?? null, null, 2)}\n`);
  else if (!last) context.out("no day was started yet: growth-engine day start\n");
  else if (options.markdown) context.out(checklistMarkdown(last.checklist));
  else {
    const when = `${last.at.slice(0, 16).replace("T", " ")} UTC by ${last.by}, ${last.asked} asked for an update`;
    context.out(`${paintFor(context.colour)("bold", when)}\n${renderChecklist(last.checklist, context)}`);
  }
  return last?.checklist.every(({ ticked }) => ticked) ? EXIT.ok : EXIT.no;
}
