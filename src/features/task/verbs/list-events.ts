import { openClient, type ServerChoice } from "../../../platform/client/index.ts";
import { type CommandContext, paintFor, printable, renderTable } from "../../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../../vocabulary/exit-code.ts";
import type { listEvents as listEventsEndpoint } from "../contract.ts";
import type { EventView } from "../fields/contract.ts";

/** `2026-01-31 09:30:05`, in UTC as it comes. */
const shortTime = (at: string): string =>
  at
    .replace("T", " ")
    .replace(/\.\d+/, "")
    .replace(/(Z|\+00:00)$/, "");

/** What an event says beyond its kind: one `name value` after the other. */
function describeDetails({ details }: EventView): string {
  const said = Object.entries(details).flatMap(([name, value]) => {
    if (value === null || value === undefined || value === "") return [];
    return [`${name.replaceAll("_", " ")} ${typeof value === "string" ? value : JSON.stringify(value)}`];
  });
  return said.join(", ").replaceAll(/\s+/g, " ");
}

/** `growth-engine task events`. */
export async function listEvents(
  task: string,
  options: ServerChoice,
  context: CommandContext,
): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const events = await client.all<typeof listEventsEndpoint>("GET /api/v1/task/:task/events", {
    params: { task },
  });
  if (options.json) {
    context.out(`${JSON.stringify(events, null, 2)}\n`);
    return EXIT.ok;
  }
  const rows = events.map((event) => [
    shortTime(event.at),
    event.actor,
    event.kind.replaceAll("_", " "),
    event.fence === null ? "–" : String(event.fence),
    describeDetails(event),
  ]);
  const [header = "", ...lines] = renderTable(["at (UTC)", "actor", "what", "fence", "details"], rows).split(
    "\n",
  );
  context.out(
    events.length === 0
      ? `nothing happened to ${printable(task)}\n`
      : [paintFor(context.colour)("bold", header), ...lines].join("\n"),
  );
  return EXIT.ok;
}
