import { setTimeout as pause } from "node:timers/promises";
import { show } from "../../../platform/client/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import { type CommandContext, printable } from "../../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../../vocabulary/exit-code.ts";
import type {
  ReservationView,
  releaseReservation as releaseEndpoint,
  showReservation as showEndpoint,
  takeReservation as takeEndpoint,
} from "../contract.ts";
import { describeResources } from "../describe-resources.ts";
import { describeGrant, describeWaits } from "./describe-reservation.ts";
import { type Hold, openHold } from "./open-hold.ts";
import { readSeconds, readWishes, type WishOptions } from "./read-wishes.ts";

export interface TakeOptions extends WishOptions {
  lease?: string;
  task?: string;
  purpose?: string;
  wait?: string;
}

const ASK_MS = 1_000;

function bodyOf(globs: readonly string[], options: TakeOptions) {
  const { task, purpose } = options;
  const lease_seconds = readSeconds("--lease", options.lease);
  const wait_seconds = readSeconds("--wait", options.wait);
  return {
    resources: readWishes(globs, options),
    ...(lease_seconds === undefined ? {} : { lease_seconds }),
    ...(wait_seconds === undefined ? {} : { wait_seconds }),
    ...(task === undefined ? {} : { task }),
    ...(purpose === undefined ? {} : { purpose }),
  };
}

/** Asks again and again until it is granted or over; who stops waiting leaves the queue. */
async function untilGranted({ client }: Hold, view: ReservationView): Promise<ReservationView> {
  const stopped = new AbortController();
  const stop = () => stopped.abort();
  process.once("SIGINT", stop);
  const params = { reservation: view.id };
  try {
    let now = view;
    while (now.state === "waiting" && !stopped.signal.aborted) {
      await pause(ASK_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
      if (stopped.signal.aborted) break;
      now = await client.ask<typeof showEndpoint>("GET /api/v1/reservation/:reservation", { params });
    }
    if (now.state === "held" && !stopped.signal.aborted) return now;
    if (stopped.signal.aborted) await leave(client, now);
    throw new Refusal("RESERVATION_HELD", `reservation ${view.id} was not granted in time`, {
      hint: `growth-engine reservation events --reservation ${view.id}`,
      exit: EXIT.no,
    });
  } finally {
    process.removeListener("SIGINT", stop);
  }
}

async function leave(client: Hold["client"], { id, fence }: ReservationView): Promise<void> {
  await client.ask<typeof releaseEndpoint>("POST /api/v1/reservation/:reservation/release", {
    params: { reservation: id },
    body: fence === null ? {} : { fence },
  });
}

/** `growth-engine reservation take`: exit 1 when it is refused. */
export async function takeReservation(
  globs: readonly string[],
  options: TakeOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const body = bodyOf(globs, options);
  const hold = await openHold(options, context);
  const asked = await hold.client.ask<typeof takeEndpoint>("POST /api/v1/reservation", { body });
  if (asked.state === "waiting")
    context.err(
      `${printable(`waits for ${describeWaits(asked)}: ${describeResources(asked.resources)}, reservation ${asked.id}`)}\n`,
    );
  const view = asked.state === "waiting" ? await untilGranted(hold, asked) : asked;
  if (view.fence !== null) hold.held?.remember({ task: String(view.id), fence: view.fence });
  return show(context, options, view, describeGrant(view, hold.held !== null, context));
}
