import { numberIn, pageOf } from "../../../platform/endpoint/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import { type Call, type Route, route, type WayIn, withWayIn } from "../../../platform/server/index.ts";
import { actorName } from "../../../vocabulary/actor.ts";
import * as contract from "./contract.ts";
import { pullOfRun } from "./judge-run.ts";
import { keepVerdict, viewVerdict } from "./keep-verdict.ts";
import { showRates } from "./show-rates.ts";
import { findVerdict, listVerdicts } from "./verdict-store.ts";

const DAY_MS = 86_400_000;

async function publish({ transaction, actor, body, now }: Call<typeof contract.publishVerdict>) {
  const { repository, verdict, run_url: runUrl = null } = body;
  const pull = actor.run ? pullOfRun(actor.run, body) : (body.pull ?? null);
  const brought = {
    trust: actor.run ? ("ci" as const) : ("claimed" as const),
    broughtBy: actorName(actor),
    workflow: actor.run?.workflow ?? null,
  };
  return keepVerdict(transaction, actor.fleet.id, { repository, verdict, pull, runUrl, ...brought }, now);
}

/** What can be asked about kept verdicts. @param ci the way in of CI runs */
export function guardRoutes(ci: WayIn): readonly Route[] {
  return [withWayIn(route(contract.publishVerdict, publish), ci), ...LOOKING];
}

const LOOKING: readonly Route[] = [
  route(contract.listVerdicts, async ({ transaction, actor, query }) => {
    const { limit, cursor } = query;
    const rows = await listVerdicts(transaction, actor.fleet.id, { ...query, before: numberIn(cursor) });
    return pageOf(rows, { limit, position: ({ id }) => [id], view: viewVerdict });
  }),
  route(contract.showVerdict, async ({ transaction, actor, params }) => {
    const found = await findVerdict(transaction, actor.fleet.id, params.verdict);
    if (found) return { ...viewVerdict(found), report: found.report };
    throw new Refusal("GUARD_VERDICT_UNKNOWN", `there is no verdict ${params.verdict} in this fleet`, {
      hint: "growth-engine guard verdicts",
    });
  }),
  route(contract.showRates, ({ transaction, actor, query: { days, repository, pull, attested }, now }) =>
    showRates(transaction, actor.fleet.id, { repository, pull, attested, since: now - days * DAY_MS }),
  ),
];
