import { setTimeout as wait } from "node:timers/promises";
import {
  type Client,
  openClient,
  type ServerChoice,
  show,
  showList,
} from "../../../platform/client/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import { type CommandContext, paintFor, printable, renderTable } from "../../../platform/terminal/index.ts";
import { formatDuration } from "../../../vocabulary/duration.ts";
import { EXIT, type ExitCode } from "../../../vocabulary/exit-code.ts";
import type * as contract from "./contract.ts";
import type { AgentState, Patterns, ThresholdsView } from "./contract.ts";
import { secondsOf } from "./send-verbs.ts";
import { countStates, renderLive } from "./show-live.ts";

export interface LiveOptions extends ServerChoice {
  agent?: string;
  watch?: boolean;
}
export interface PatternOptions extends ServerChoice {
  days: string;
}
export interface BacktestOptions extends PatternOptions {
  minutes: string;
  grace: string;
}
export interface ThresholdOptions extends ServerChoice {
  agent?: string;
  interval?: string;
  late?: string;
  stale?: string;
  offline?: string;
  keepDays?: string;
}

const AGAIN_MS = 2_000;
/** Cursor to the top, and everything below it cleared. */
const CLEAR = "\u001b[H\u001b[J";
const SECOND = 1_000;

const duration = (seconds: number): string => formatDuration(seconds * SECOND);
const section = (context: CommandContext, title: string, table: string): void =>
  context.out(`${paintFor(context.colour)("bold", title)}\n${table}\n`);

function readStates(client: Client, { agent }: LiveOptions): Promise<AgentState[]> {
  const query = agent === undefined ? {} : { agent };
  return client.all<typeof contract.listStates>("GET /api/v1/heartbeat", { query });
}

async function watch(client: Client, options: LiveOptions, context: CommandContext): Promise<never> {
  for (;;) {
    const states = await readStates(client, options);
    const now = context.clock.now();
    context.out(`${CLEAR}${renderLive(states, now, context)}\n${countStates(states)}; Ctrl-C ends\n`);
    await wait(AGAIN_MS);
  }
}

/** Where every agent stands; exit 1 when somebody must look after one. */
export async function showLive(options: LiveOptions, context: CommandContext): Promise<ExitCode> {
  if (options.watch && (options.json || !context.interactive))
    throw new Refusal("USAGE", "--watch is for a terminal", { hint: "growth-engine heartbeat live --json" });
  const client = openClient({ ...options, env: context.env });
  if (options.watch) return watch(client, options, context);
  const states = await readStates(client, options);
  if (options.json) context.out(`${JSON.stringify(states, null, 2)}\n`);
  else if (states.length === 0)
    context.out("no agent has beaten yet: growth-engine heartbeat send --task <task>\n");
  else context.out(`${renderLive(states, context.clock.now(), context)}${countStates(states)}\n`);
  return states.some(({ state }) => state === "stale" || state === "offline") ? EXIT.no : EXIT.ok;
}

function printPatterns({ rhythms, bottlenecks, silences }: Patterns, context: CommandContext): void {
  section(
    context,
    "How often agents beat",
    renderTable(
      ["agent", "beats", "usually every", "19 of 20 within"],
      rhythms.map((row) => [
        row.agent,
        String(row.beats),
        duration(row.median_seconds),
        duration(row.p95_seconds),
      ]),
    ),
  );
  section(
    context,
    "Tasks that stood still longest",
    renderTable(
      ["task", "agent", "without progress", "of it silent"],
      bottlenecks.map((row) => [
        row.task,
        row.agent,
        `${duration(row.stalled_seconds)}${row.is_going_on ? ", still" : ""}`,
        duration(row.silent_seconds),
      ]),
    ),
  );
  section(
    context,
    "Longest silences",
    renderTable(
      ["agent", "task", "silent", "since"],
      silences.map((row) => [
        row.agent,
        row.task ?? "–",
        `${duration(row.seconds)}${row.to === null ? ", still" : ""}`,
        row.from,
      ]),
    ),
  );
}

export async function showPatterns(options: PatternOptions, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const query = { days: options.days };
  const patterns = await client.ask<typeof contract.showPatterns>("GET /api/v1/heartbeat/patterns", {
    query,
  });
  if (options.json) context.out(`${JSON.stringify(patterns, null, 2)}\n`);
  else if (patterns.rhythms.length === 0) context.out(`no beats in the last ${patterns.days} days\n`);
  else printPatterns(patterns, context);
  return EXIT.ok;
}

export async function backtest(options: BacktestOptions, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const { minutes, days, grace } = options;
  const answer = await client.ask<typeof contract.backtest>("GET /api/v1/heartbeat/backtest", {
    query: { minutes, days, grace },
  });
  if (options.json) {
    context.out(`${JSON.stringify(answer, null, 2)}\n`);
    return EXIT.ok;
  }
  const share = (part: number, of: number) => (of === 0 ? "–" : `${Math.round((part / of) * 100)} %`);
  context.out(
    renderTable(
      ["threshold", "alerts", "false", "", "undecided"],
      answer.thresholds.map((row) => [
        `${row.minutes} min`,
        String(row.alerts),
        String(row.false_alerts),
        share(row.false_alerts, row.alerts),
        String(row.undecided),
      ]),
    ),
  );
  context.out(
    `over ${answer.days} days; false: the same session beat again within ${answer.grace_minutes} min after the alert\n`,
  );
  return EXIT.ok;
}

function wishOf({ agent, interval, late, stale, offline, keepDays }: ThresholdOptions) {
  const seconds = (option: string, text: string | undefined) =>
    text === undefined ? undefined : text === "default" ? null : secondsOf(option, text);
  const days = keepDays === "default" ? null : Number(keepDays);
  const wish = {
    interval_seconds: seconds("--interval", interval),
    late_seconds: seconds("--late", late),
    stale_seconds: seconds("--stale", stale),
    offline_seconds: seconds("--offline", offline),
    keep_days: keepDays === undefined ? undefined : days,
  };
  const given = Object.entries(wish).filter(([, value]) => value !== undefined);
  return given.length === 0
    ? null
    : { ...Object.fromEntries(given), ...(agent === undefined ? {} : { agent }) };
}

const sentence = (row: ThresholdsView): string =>
  `${row.agent ?? "the fleet"} beats every ${duration(row.interval_seconds)}: late after ${duration(row.late_seconds)}, stale after ${duration(row.stale_seconds)}, offline after ${duration(row.offline_seconds)}`;

/** Sets what is given, else lists. */
export async function thresholds(options: ThresholdOptions, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const body = wishOf(options);
  if (body !== null) {
    const row = await client.ask<typeof contract.setThresholds>("PUT /api/v1/heartbeat/thresholds", { body });
    return show(context, options, row, sentence(row));
  }
  const { items } = await client.ask<typeof contract.listThresholds>("GET /api/v1/heartbeat/thresholds");
  const chosen = items.filter(({ agent }) => options.agent === undefined || agent === options.agent);
  return showList(context, options, chosen, {
    none: `${printable(options.agent ?? "")} has the thresholds of its fleet`,
    columns: {
      who: ({ agent }) => agent ?? "(fleet)",
      beats: ({ interval_seconds }) => `every ${duration(interval_seconds)}`,
      "late after": ({ late_seconds }) => duration(late_seconds),
      "stale after": ({ stale_seconds }) => duration(stale_seconds),
      "offline after": ({ offline_seconds }) => duration(offline_seconds),
      kept: ({ keep_days }) => (keep_days === null ? "–" : `${keep_days} d`),
    },
  });
}
