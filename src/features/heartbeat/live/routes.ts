import { utcTimestamp } from "../../../platform/clock/index.ts";
import type { Database } from "../../../platform/database/index.ts";
import { readCursor, writeCursor } from "../../../platform/endpoint/index.ts";
import { directRoute, type Route, route } from "../../../platform/server/index.ts";
import * as contract from "./contract.ts";
import { openRecorder, type Recorder } from "./open-recorder.ts";
import { receiveLines } from "./receive-lines.ts";
import { NO_THRESHOLDS, setThresholds, viewThresholds } from "./set-thresholds.ts";
import { backtest, showPatterns } from "./show-patterns.ts";
import { listChanges, listStates } from "./state-store.ts";
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

const LOOKING: readonly Route[] = [
  route(contract.listStates, async ({ transaction, actor, query, now }) => {
    const after = String(readCursor(query.cursor)?.[0] ?? "");
    const rows = await listStates(transaction, actor.fleet.id, {
      agent: query.agent,
      after,
      limit: query.limit,
    });
    const last = rows.at(-1);
    const next = last && rows.length === query.limit ? writeCursor([last.agent]) : null;
    return { items: rows.map((row) => viewState(row, now)), next };
  }),
  route(contract.listChanges, async ({ transaction, actor, query }) => {
    const position = Number(readCursor(query.cursor)?.[0] ?? Number.NaN);
    const before = Number.isSafeInteger(position) ? position : null;
    const rows = await listChanges(transaction, actor.fleet.id, {
      agent: query.agent,
      before,
      limit: query.limit,
    });
    const last = rows.at(-1);
    const items = rows.map(({ agent, at, from_state, to_state, task }) => ({
      agent,
      at: utcTimestamp(at),
      from: from_state,
      to: to_state,
      task,
    }));
    return { items, next: last && rows.length === query.limit ? writeCursor([last.change]) : null };
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
