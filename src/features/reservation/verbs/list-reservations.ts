import { openClient, type ServerChoice } from "../../../platform/client/index.ts";
import type { CommandContext } from "../../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../../vocabulary/exit-code.ts";
import type { ReservationState } from "../../../vocabulary/reservation.ts";
import type { listReservations as listEndpoint, ReservationView } from "../contract.ts";
import { describeResources } from "../describe-resources.ts";
import { describeEnd, describeWaits } from "./describe-reservation.ts";
import { renderFitting } from "./render-fitting.ts";

export interface ListOptions extends ServerChoice {
  agent?: string;
  task?: string;
  state?: string;
}

const NONE = 'nobody has reserved anything here; growth-engine reservation take "src/**" does\n';
const SHOWN = 20;

/** What it is for, or whom it waits for, where there is something to say. */
function describeRest({ purpose, task, waits_for }: ReservationView): string {
  const parts = [
    waits_for.length > 0 ? `behind ${describeWaits({ waits_for })}` : null,
    task === null ? null : `for ${task}`,
    purpose,
  ];
  const said = parts.filter(Boolean).join(", ");
  return said === "" ? "" : ` — ${said}`;
}

const describeShare = ({ resources }: ReservationView): string =>
  resources.every(({ shared }) => shared) ? " (shared)" : "";

/** `growth-engine reservation list`. What does not fit is cut; `--json` has all of it. */
export async function listReservations(options: ListOptions, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const query = {
    agent: options.agent,
    task: options.task,
    state: options.state as ReservationState | undefined,
  };
  const all = await client.all<typeof listEndpoint>("GET /api/v1/reservation", { query });
  const rows = all.map((view) => [
    String(view.id),
    view.state,
    view.agent,
    describeEnd(view, context),
    `${describeResources(view.resources, SHOWN)}${describeShare(view)}${describeRest(view)}`,
  ]);
  if (options.json) context.out(`${JSON.stringify(all, null, 2)}\n`);
  else
    context.out(
      all.length === 0 ? NONE : renderFitting(["nr", "state", "agent", "ends", "what"], rows, context),
    );
  return EXIT.ok;
}
