import { openClient, type ServerChoice } from "../../../platform/client/index.ts";
import { type CommandContext, paintFor, printable } from "../../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../../vocabulary/exit-code.ts";
import { describeTime } from "../../task/index.ts";
import { describeCircle } from "../circle/rules.ts";
import type { listCircles as circlesEndpoint } from "../contract.ts";

/** `growth-engine reservation circles`: exit 1 when somebody cannot go on. */
export async function listCircles(options: ServerChoice, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const { items } = await client.ask<typeof circlesEndpoint>("GET /api/v1/reservation/circles");
  const paint = paintFor(context.colour);
  if (options.json) context.out(`${JSON.stringify(items, null, 2)}\n`);
  else if (items.length === 0) context.out(`${paint("green", "✔")} nobody waits in a circle\n`);
  else {
    const lines = items.map(
      ({ steps, found_at }) =>
        `${paint("red", "✘")} ${printable(`${describeCircle(steps)}; found ${describeTime(found_at, context)}`)}`,
    );
    const hint = "one of them has to release, or: growth-engine reservation revoke <number> --reason <text>";
    context.out(`${lines.join("\n")}\n  ${paint("dim", hint)}\n`);
  }
  return items.length === 0 ? EXIT.ok : EXIT.no;
}
