import { openClient, type ServerChoice, show } from "../../../platform/client/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import { type CommandContext, paintFor, printable } from "../../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../../vocabulary/exit-code.ts";
import type {
  ReservationView,
  releaseReservation as releaseEndpoint,
  renewReservation as renewEndpoint,
  revokeReservation as revokeEndpoint,
} from "../contract.ts";
import { describeResources } from "../describe-resources.ts";
import { describeEnd } from "./describe-reservation.ts";
import { fenceFor, type Hold, listHeld, openHold, readReservation, withHeld } from "./open-hold.ts";
import { readSeconds } from "./read-wishes.ts";

export interface RenewOptions extends ServerChoice {
  lease?: string;
  fence?: string;
}

export interface ReleaseOptions extends ServerChoice {
  all?: boolean;
  fence?: string;
}

export interface RevokeOptions extends ServerChoice {
  reason: string;
}

type Outcome = { view: ReservationView } | { id: number; error: Refusal };

/** Does the same to each; what is refused does not keep the others from it. */
async function each(
  ids: readonly number[],
  deed: (id: number) => Promise<ReservationView>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const id of ids) {
    try {
      outcomes.push({ view: await deed(id) });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      outcomes.push({ id, error });
    }
  }
  return outcomes;
}

function report(
  outcomes: readonly Outcome[],
  options: ServerChoice,
  context: CommandContext,
  says: (view: ReservationView) => string,
): ExitCode {
  const [only] = outcomes;
  if (outcomes.length === 1 && only && "error" in only) throw only.error;
  const paint = paintFor(context.colour);
  const answers = outcomes.map((one) =>
    "view" in one ? one.view : { id: one.id, code: one.error.code, detail: one.error.message },
  );
  const lines = outcomes.map((one) =>
    "view" in one
      ? `${paint("green", "✔")} ${printable(says(one.view))}`
      : `${paint("red", "✘")} ${printable(one.error.message)}`,
  );
  context.out(options.json ? `${JSON.stringify(answers, null, 2)}\n` : `${lines.join("\n")}\n`);
  return outcomes.every((one) => "view" in one) ? EXIT.ok : EXIT.no;
}

function nothingHeld({ agent }: Hold): Refusal {
  return new Refusal(
    "USAGE",
    `which reservation is not said, and this checkout holds none of ${agent ?? "yours"}`,
    {
      hint: "growth-engine reservation list",
    },
  );
}

/** `growth-engine reservation renew`: exit 1 when one is not held any more. */
export async function renewReservations(
  named: readonly string[],
  options: RenewOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const lease_seconds = readSeconds("--lease", options.lease);
  const hold = await openHold(options, context);
  const ids = named.length > 0 ? named.map(readReservation) : listHeld(hold);
  if (ids.length === 0) throw nothingHeld(hold);
  const outcomes = await each(ids, (id) => {
    const body = { fence: fenceFor(hold, id, options.fence), ...(lease_seconds ? { lease_seconds } : {}) };
    return withHeld(hold, id, () =>
      hold.client.ask<typeof renewEndpoint>("POST /api/v1/reservation/:reservation/renew", {
        params: { reservation: id },
        body,
      }),
    );
  });
  return report(outcomes, options, context, (view) => {
    const end =
      view.lease_until === null
        ? `it ends with the claim of ${view.task}`
        : `it ends ${describeEnd(view, context)}`;
    return `reservation ${view.id} is still yours (${describeResources(view.resources)}); ${end}`;
  });
}

function chosen(named: readonly string[], options: ReleaseOptions, hold: Hold): number[] {
  if (named.length > 0) return named.map(readReservation);
  const held = listHeld(hold);
  if (held.length === 0) throw nothingHeld(hold);
  if (held.length === 1 || options.all) return held;
  throw new Refusal("USAGE", `which reservation is not said, and this checkout holds ${held.join(", ")}`, {
    hint: "growth-engine reservation release <number>, or --all",
  });
}

/** `growth-engine reservation release`. One that waits has no fence and needs none. */
export async function releaseReservations(
  named: readonly string[],
  options: ReleaseOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const hold = await openHold(options, context);
  const outcomes = await each(chosen(named, options, hold), async (id) => {
    const known =
      options.fence === undefined && !hold.held?.find(String(id)) ? null : fenceFor(hold, id, options.fence);
    const view = await withHeld(hold, id, () =>
      hold.client.ask<typeof releaseEndpoint>("POST /api/v1/reservation/:reservation/release", {
        params: { reservation: id },
        body: known === null ? {} : { fence: known },
      }),
    );
    hold.held?.forget(String(id));
    return view;
  });
  return report(
    outcomes,
    options,
    context,
    ({ id, resources }) => `reservation ${id} is given back: ${describeResources(resources)}`,
  );
}

/** `growth-engine reservation revoke`. */
export async function revokeReservation(
  typed: string,
  options: RevokeOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const reservation = readReservation(typed);
  const client = openClient({ ...options, env: context.env });
  const view = await client.ask<typeof revokeEndpoint>("POST /api/v1/reservation/:reservation/revoke", {
    params: { reservation },
    body: { reason: options.reason },
  });
  const said = `reservation ${view.id} is taken from ${view.agent}: ${describeResources(view.resources)}`;
  return show(context, options, view, said);
}
