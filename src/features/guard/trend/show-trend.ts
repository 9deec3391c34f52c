import { Fault } from "../../../platform/errors/index.ts";
import { commitTree, openRepository, type Repository } from "../../../platform/git/index.ts";
import { type CommandContext, paintFor } from "../../../platform/terminal/index.ts";
import { readTimings } from "../../../platform/timings/index.ts";
import { EXIT, type ExitCode } from "../../../vocabulary/exit-code.ts";
import { formatTimestamp } from "../../../vocabulary/timestamp.ts";
import { listViolations, scanTree } from "../../ban/index.ts";
import {
  describeReach,
  type LookBackOptions,
  type OpenHistory,
  openHistory,
} from "../history/open-history.ts";
import { isBroken, type PastConfig, readPastConfigs } from "../history/past-configs.ts";
import type { PastJudgement } from "../history/past-judgement.ts";
import type { PastPull } from "../history/read-history.ts";
import { type Replay, replayGuards } from "../history/replay-guards.ts";
import { line, plural } from "../observe/render-observation.ts";
import { renderTrend } from "./render-trend.ts";
import { measureTrend, type Trend } from "./trend.ts";
import type { TrendPull } from "./trend-pull.ts";

/** Options of `guard trend`. */
export interface TrendOptions extends LookBackOptions {
  json?: boolean;
}

const DEFAULT_SINCE = "90d";
/** Earlier commits of each pull request that are judged besides its head: what is older tells little and costs much. */
const GROWN = 12;

interface Unjudged {
  sha: string;
  subject: string;
  reason: string;
}

interface Judged {
  pulls: TrendPull[];
  unjudged: Unjudged[];
}

interface Asking {
  pull: PastPull;
  /** What is asked for each commit by the config of its base, then for the head by that of today. */
  replays: Replay[];
}

function askFor(pull: PastPull, then: PastConfig, { config }: OpenHistory): Asking | { broken: string } {
  if (isBroken(then)) return then;
  return {
    pull,
    replays: [...pull.grown.map((range) => ({ range, config: then })), { range: pull.range, config }],
  };
}

function toTrendPull(
  { pull, replays }: Asking,
  judgements: readonly PastJudgement[],
): TrendPull | { broken: string } {
  const error = judgements.find((judgement) => judgement.error !== null)?.error;
  const today = judgements.at(-1);
  if (error || today === undefined) return { broken: error ?? "it could not be judged" };
  const grown = pull.grown.flatMap(({ head }, index) => {
    const judgement = judgements[index];
    return judgement === undefined ? [] : [{ time: head.time, judgement }];
  });
  const { range, grown: _, ...rest } = pull;
  return {
    pull: rest,
    paths: range.changes.map(({ path }) => path),
    rules: replays[0]?.config.rules ?? {},
    grown,
    today,
  };
}

async function judgeAll(
  repository: Repository,
  opened: OpenHistory,
  context: CommandContext,
): Promise<Judged> {
  const { pulls, steps } = opened.history;
  const configs = await readPastConfigs(
    repository,
    pulls.map(({ base }) => base),
  );
  const asked = pulls.map((pull, index) =>
    askFor(pull, configs[index] ?? { broken: "its config is unknown" }, opened),
  );
  const replays = asked.flatMap((each) => ("broken" in each ? [] : each.replays));
  const judgements = await replayGuards(repository, replays, steps, context);
  const judged: Judged = { pulls: [], unjudged: [] };
  let at = 0;
  for (const [index, each] of asked.entries()) {
    const pull = pulls[index];
    const count = "broken" in each ? 0 : each.replays.length;
    const found = "broken" in each ? each : toTrendPull(each, judgements.slice(at, at + count));
    at += count;
    if (!("broken" in found)) judged.pulls.push(found);
    else if (pull) judged.unjudged.push({ sha: pull.end.id, subject: pull.title, reason: found.broken });
  }
  return judged;
}

interface Shown {
  opened: OpenHistory;
  judged: Judged;
  trend: Trend;
  since: string;
}

function unjudgedOf({ opened, judged }: Shown): Unjudged[] {
  const unread = opened.history.unread.map(({ pull, reason }) => ({
    sha: pull.end.id,
    subject: pull.title,
    reason,
  }));
  return [...unread, ...judged.unjudged];
}

function asJson(shown: Shown): string {
  const { opened, judged, trend, since } = shown;
  const { history } = opened;
  const answer = {
    schema: "growth-engine/trend@1",
    since,
    tip: history.tip.id,
    reach: describeReach(history),
    pulls: judged.pulls.length,
    unjudged: unjudgedOf(shown),
    ...trend,
  };
  return `${JSON.stringify(answer, null, 2)}\n`;
}

function asText(shown: Shown, { colour, columns }: CommandContext): string {
  const { opened, judged, trend, since } = shown;
  const { tip } = opened.history;
  const paint = paintFor(colour);
  const reach = describeReach(opened.history);
  const unjudged = unjudgedOf(shown);
  const head = `${plural(judged.pulls.length, "pull request")} since ${line(since)}, up to ${tip.id.slice(0, 7)} of ${formatTimestamp(tip.time).slice(0, 10)}`;
  const missing = `${plural(unjudged.length, "pull request")} could not be judged; e.g. ${unjudged[0]?.sha.slice(0, 7)}: ${line(unjudged[0]?.reason ?? "")}`;
  return [
    paint("bold", head),
    ...(reach === null ? [] : [paint("yellow", reach)]),
    ...(unjudged.length === 0 ? [] : [paint("magenta", missing)]),
    "",
    ...(judged.pulls.length === 0 ? [] : renderTrend(trend, { paint, columns })),
  ].join("\n");
}

/** `growth-engine guard trend`: how guarding went. Reports, and exits 0 unless it could not tell. */
export async function showTrend(options: TrendOptions, context: CommandContext): Promise<ExitCode> {
  const repository = await openRepository(context.cwd);
  const since = options.since ?? DEFAULT_SINCE;
  const opened = await openHistory(repository, options, { since, grown: GROWN });
  const { history, config } = opened;
  const judged = await judgeAll(repository, opened, context);
  if (judged.pulls.length === 0 && judged.unjudged.length > 0) {
    throw new Fault(
      "HISTORY_MISSING",
      `no past pull request could be judged: ${judged.unjudged[0]?.reason}`,
      {
        hint: "growth-engine guard explain",
      },
    );
  }
  const standing = listViolations(await scanTree(commitTree(repository, history.tip.id), config));
  const trend = measureTrend({
    pulls: judged.pulls,
    rules: config.rules,
    standing,
    runs: readTimings(repository),
  });
  const shown = { opened, judged, trend, since };
  context.out(options.json ? asJson(shown) : asText(shown, context));
  return EXIT.ok;
}
