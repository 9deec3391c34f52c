import { utcTimestamp } from "../../../platform/clock/index.ts";
import type { Database } from "../../../platform/database/index.ts";
import { numberIn, pageOf, textIn } from "../../../platform/endpoint/index.ts";
import { directRoute, type Route, route } from "../../../platform/server/index.ts";
import * as contract from "./contract.ts";
import { openRecorder, type Recorder } from "./open-recorder.ts";
import { receiveLines } from "./receive-lines.ts";
import { NO_THRESHOLDS, setThresholds, viewThresholds } from "./set-thresholds.ts";
import { backtest, showPatterns } from "./show-patterns.ts";
import { type ChangeRow, listChanges, listStates } from "./state-store.ts";
import { listThresholds, WHOLE_FLEET } from "./thresholds-store.ts";
import { viewState } from "./view-state.ts";

function recording(database: Database): readonly Route[] {
  let opened: Recorder | null = null;
  const recorder = (): Recorder => {
    opened ??= openRecorder(database);
    return opened;
  };
  return [
    directRoute(contract.sendBeat, ({ body, actor, now }) => recorder().record(body, actor, now)),
    directRoute(contract.sendBeats, ({ body, actor, now }) => receiveLines(recorder(), body, actor, now)),
  ];
}

const viewChange = ({ agent, at, from_state, to_state, task }: ChangeRow) => ({
  agent,
  at: utcTimestamp(at),
  from: from_state,
  to: to_state,
  task,
});

const LOOKING: readonly Route[] = [
  route(contract.listStates, async ({ transaction, actor, query, now }) => {
    const { agent, limit, cursor } = query;
    const rows = await listStates(transaction, actor.fleet.id, { agent, after: textIn(cursor), limit });
    return pageOf(rows, { limit, position: (row) => [row.agent], view: (row) => viewState(row, now) });
  }),
  route(contract.listChanges, async ({ transaction, actor, query }) => {
    const { agent, limit, cursor } = query;
    const rows = await listChanges(transaction, actor.fleet.id, { agent, before: numberIn(cursor), limit });
    return pageOf(rows, { limit, position: ({ change }) => [change], view: viewChange });
  }),
];

const THRESHOLDS: readonly Route[] = [
  route(contract.listThresholds, async ({ transaction, actor }) => {
    const rows = await listThresholds(transaction, actor.fleet.id);
    const fleet = rows.find(({ agent }) => agent === WHOLE_FLEET) ?? NO_THRESHOLDS;
    const own = rows.filter(({ agent }) => agent !== WHOLE_FLEET);
    return { items: [viewThresholds(fleet, undefined), ...own.map((row) => viewThresholds(row, fleet))] };
  }),
  route(contract.setThresholds, ({ transaction, actor, body, now }) =>
    setThresholds(transaction, actor.fleet.id, body, now),
  ),
];

const PATTERNS: readonly Route[] = [
  route(contract.showPatterns, ({ transaction, actor, query, now }) =>
    showPatterns(transaction, actor.fleet.id, query.days, now),
  ),
  route(contract.backtest, ({ transaction, actor, query, now }) =>
    backtest(transaction, actor.fleet.id, query, now),
  ),
];

/** What can be asked about live heartbeats. Beats of a claimed task renew its lease. */
export function heartbeatRoutes(database: Database): readonly Route[] {
  return [...recording(database), ...LOOKING, ...THRESHOLDS, ...PATTERNS];
}
