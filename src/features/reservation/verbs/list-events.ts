import { openClient, type ServerChoice } from "../../../platform/client/index.ts";
import type { CommandContext } from "../../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../../vocabulary/exit-code.ts";
import { shortTime } from "../../task/index.ts";
import { describeCircle, type Wait } from "../circle/rules.ts";
import type { listReservationEvents as eventsEndpoint, ReservationEvent, ResourceView } from "../contract.ts";
import { describeResources } from "../describe-resources.ts";
import { describeWaits } from "./describe-reservation.ts";
import { readReservation } from "./open-hold.ts";
import { renderFitting } from "./render-fitting.ts";

export interface EventOptions extends ServerChoice {
  reservation?: string;
  agent?: string;
}

interface Details {
  resources?: ResourceView[];
  waits_for?: { reservation: number; agent: string }[];
  steps?: Wait[];
  reason?: string;
  task?: string;
  purpose?: string;
}

const VERBS: Record<string, string> = {
  taken: "took",
  queued: "waits for",
  granted: "was granted",
  released: "gave back",
  expired: "let run out",
  gave_up: "stopped waiting for",
  revoked: "lost",
};

/** An event as a sentence. */
export function describeEvent(event: ReservationEvent): string {
  const { kind, agent, details } = event;
  const { resources = [], waits_for = [], steps, reason, task, purpose } = details as Details;
  if (steps)
    return `${kind === "circle_found" ? "a circle" : "no longer a circle"}: ${describeCircle(steps)}`;
  const behind = waits_for.length > 0 ? `, behind ${describeWaits({ waits_for })}` : "";
  const rest = [task === undefined ? null : `for ${task}`, purpose, reason].filter(Boolean).join("; ");
  return `${agent} ${VERBS[kind] ?? kind} ${describeResources(resources)}${behind}${rest === "" ? "" : ` — ${rest}`}${describeActor(event)}`;
}

/** Who did it, where that is neither whose reservation it is nor the server. */
function describeActor({ actor, agent }: ReservationEvent): string {
  if (actor === "server" || actor === `agent:${agent}`) return "";
  return ` (${actor.replace(/:([0-9a-f]{8})-[0-9a-f-]{27}$/, ":$1")})`;
}

/** `growth-engine reservation events`. */
export async function listEvents(options: EventOptions, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const query = {
    agent: options.agent,
    reservation: options.reservation === undefined ? undefined : readReservation(options.reservation),
  };
  const events = await client.all<typeof eventsEndpoint>("GET /api/v1/reservation/events", { query });
  const rows = events.map((event) => [
    shortTime(event.at),
    event.reservation === null ? "–" : String(event.reservation),
    event.fence === null ? "–" : String(event.fence),
    describeEvent(event),
  ]);
  if (options.json) context.out(`${JSON.stringify(events, null, 2)}\n`);
  else if (rows.length === 0) context.out("nothing was reserved yet\n");
  else context.out(renderFitting(["at (UTC)", "nr", "fence", "what"], rows, context));
  return EXIT.ok;
}
