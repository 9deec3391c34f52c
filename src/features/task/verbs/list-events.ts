import { openClient, type ServerChoice } from "../../../platform/client/index.ts";
import {
  type CommandContext,
  paintFor,
  printable,
  renderTable,
  shorten,
} from "../../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../../vocabulary/exit-code.ts";
import type { listEvents as listEventsEndpoint } from "../contract.ts";
import type { EventView } from "../fields/contract.ts";

/** `2026-01-31 09:30:05`, in UTC as it comes. */
export const shortTime = (at: string): string =>
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

/** People are known by their tokens, of which the beginning is enough to tell them apart. */
const describeActor = (actor: string): string => actor.replace(/:([0-9a-f]{8})-[0-9a-f-]{27}$/, ":$1");

const MIN_DETAILS = 40;

function renderEvents(events: readonly EventView[], context: CommandContext): string {
  const rows = events.map(({ at, actor, kind, fence }) => [
    shortTime(at),
    describeActor(actor),
    kind.replaceAll("_", " "),
    fence === null ? "–" : String(fence),
  ]);
  const names = ["at (UTC)", "actor", "what", "fence"];
  const used = names.reduce(
    (sum, name, at) => sum + 2 + Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0)),
    0,
  );
  const room = Math.max(MIN_DETAILS, context.columns - used);
  const cells = events.map((event, at) => [
    ...(rows[at] ?? []),
    shorten(printable(describeDetails(event)), room),
  ]);
  const [header = "", ...lines] = renderTable([...names, "details"], cells).split("\n");
  return [paintFor(context.colour)("bold", header), ...lines].join("\n");
}

/** `growth-engine task events`. Details are cut where the terminal ends; `--json` has all of them. */
export async function listEvents(
  task: string,
  options: ServerChoice,
  context: CommandContext,
): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const events = await client.all<typeof listEventsEndpoint>("GET /api/v1/task/:task/events", {
    params: { task },
  });
  if (options.json) context.out(`${JSON.stringify(events, null, 2)}\n`);
  else context.out(renderEvents(events, context));
  return EXIT.ok;
}
