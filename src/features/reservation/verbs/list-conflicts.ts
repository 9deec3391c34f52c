import { openClient, type ServerChoice } from "../../../platform/client/index.ts";
import { type CommandContext, paintFor, printable } from "../../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../../vocabulary/exit-code.ts";
import { describeTime } from "../../task/index.ts";
import type {
  ConflictView,
  findConflicts as conflictsEndpoint,
  findTaskConflicts as taskConflictsEndpoint,
} from "../contract.ts";
import { describeResource } from "../describe-resources.ts";
import { describeTouch } from "./describe-touch.ts";
import { readWishes, type WishOptions } from "./read-wishes.ts";

function describeConflict(conflict: ConflictView, context: CommandContext): string {
  const { agent, state, wants, has, since, until, reservation, purpose } = conflict;
  const [theirs, own] = [describeResource(has), describeResource(wants)];
  const wanted = own === theirs ? "" : `, which meets ${own}`;
  const end = state !== "held" || until === null ? "" : `, ends ${describeTime(until, context)}`;
  const why = purpose === null ? "" : ` — ${purpose}`;
  const verb = state === "held" ? "holds" : "waits for";
  return `${agent} ${verb} ${theirs}${wanted} (reservation ${reservation}, since ${describeTime(since, context)}${end})${why}`;
}

function printAll(lines: readonly string[], none: string, context: CommandContext): void {
  const paint = paintFor(context.colour);
  const text =
    lines.length === 0
      ? `${paint("green", "✔")} ${printable(none)}`
      : lines.map((line) => `${paint("yellow", "!")} ${printable(line)}`).join("\n");
  context.out(`${text}\n`);
}

/** `growth-engine reservation conflicts`: exit 1 when somebody has or waits for one of them. */
export async function listConflicts(
  globs: readonly string[],
  options: WishOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const resources = readWishes(globs, options);
  const client = openClient({ ...options, env: context.env });
  const { items } = await client.ask<typeof conflictsEndpoint>("POST /api/v1/reservation/conflicts", {
    body: { resources },
  });
  if (options.json) context.out(`${JSON.stringify(items, null, 2)}\n`);
  else {
    const lines = items.map((item) => describeConflict(item, context));
    printAll(lines, "nobody has any of it, and nobody waits for it", context);
  }
  return items.length === 0 ? EXIT.ok : EXIT.no;
}

/** `growth-engine task conflicts`: exit 1 when somebody else touches what the task may touch. */
export async function listTaskConflicts(
  task: string,
  options: ServerChoice,
  context: CommandContext,
): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const { paths, items } = await client.ask<typeof taskConflictsEndpoint>(
    "GET /api/v1/task/:task/conflicts",
    {
      params: { task },
    },
  );
  if (options.json) context.out(`${JSON.stringify({ paths, items }, null, 2)}\n`);
  else if (paths.length === 0)
    context.out(
      `${printable(`${task} names no paths, so nothing was compared: growth-engine task update ${task} --path "src/**"`)}\n`,
    );
  else {
    const lines = items.map((item) => describeTouch(item, context));
    printAll(lines, `nobody else touches what ${task} may touch: ${paths.join(", ")}`, context);
  }
  return items.length === 0 ? EXIT.ok : EXIT.no;
}
