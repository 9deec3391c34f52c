import { Fault } from "../../../platform/errors/index.ts";
import { openRepository, type Repository } from "../../../platform/git/index.ts";
import { type CommandContext, type Paint, paintFor, shorten } from "../../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../../vocabulary/exit-code.ts";
import type { LevelledFinding } from "../../../vocabulary/finding.ts";
import { pageOf, type RuleName } from "../../../vocabulary/rules/index.ts";
import { placeOf, type VerdictReport } from "../../verdict/index.ts";
import { type AskedGuards, guardsOf } from "../asked-guards.ts";
import { gatherSubject, type SubjectOptions } from "../gather-subject.ts";
import {
  describeReach,
  type LookBackOptions,
  type OpenHistory,
  openHistory,
} from "../history/open-history.ts";
import { replayGuards } from "../history/replay-guards.ts";
import { judgeRange } from "../judge-range.ts";
import { type Observation, observe } from "./observation.ts";
import { line, plural, renderObservation } from "./render-observation.ts";

/** Options of `guard … --observe`. */
export interface ObserveOptions extends SubjectOptions, LookBackOptions {
  json?: boolean;
}

interface Past {
  opened: OpenHistory;
  observation: Observation;
}

async function observePast(
  repository: Repository,
  guards: AskedGuards,
  options: ObserveOptions & { since: string },
  context: CommandContext,
): Promise<Past> {
  const opened = await openHistory(repository, options, { since: options.since, grown: 0 });
  const { history, config } = opened;
  const replays = history.pulls.map(({ range }) => ({ range, config }));
  const judgements = await replayGuards(repository, replays, history.steps, context, guards);
  const judged = history.pulls.flatMap((pull, index) => {
    const judgement = judgements[index];
    return judgement === undefined ? [] : [{ pull, judgement }];
  });
  const observation = observe(judged, config, guardsOf(guards, config));
  if (observation.pulls === 0 && observation.errors.length > 0) {
    throw new Fault(
      "HISTORY_MISSING",
      `no past pull request could be judged: ${observation.errors[0]?.reason ?? ""}`,
      {
        hint: "growth-engine guard explain",
      },
    );
  }
  return { opened, observation };
}

interface NowRow {
  rule: RuleName;
  level: LevelledFinding["level"];
  findings: number;
  first: LevelledFinding;
}

function rowsOf(report: VerdictReport): NowRow[] {
  const rows = new Map<string, NowRow>();
  for (const finding of report.guards.flatMap(({ findings }) => findings)) {
    const key = `${finding.rule} ${finding.level}`;
    const row = rows.get(key) ?? { rule: finding.rule, level: finding.level, findings: 0, first: finding };
    rows.set(key, { ...row, findings: row.findings + 1 });
  }
  return [...rows.values()];
}

const ANSWER = { pass: "would pass", fail: "would be blocked", error: "could not be judged" } as const;
const STYLE = { block: "red", warn: "yellow", observe: "cyan" } as const;

function nowLines(report: VerdictReport, paint: Paint, columns: number): string[] {
  const rows = rowsOf(report);
  const against = report.base === null ? "" : ` against ${report.base.slice(0, 7)}`;
  const width = Math.max(0, ...rows.map(({ rule }) => rule.length));
  const errors = report.guards.filter(({ verdict }) => verdict === "error");
  return [
    `${paint("bold", `Now: ${ANSWER[report.verdict]}`)}  ${paint("dim", `${line(report.head).slice(0, 7)}${against}`)}`,
    ...errors.map(({ guard, summary }) => `  ${guard}: ${line(summary)}`),
    ...rows.flatMap(({ rule, level, findings, first }) => {
      const place = placeOf(first);
      const at = place === null ? "" : `${line(place)}: `;
      const head = `  ${paint(STYLE[level], level.padEnd(7))}  ${paint("bold", rule.padEnd(width))}  ${plural(findings, "finding")}`;
      return [head, paint("dim", shorten(`    e.g. ${at}${line(first.message)}`, columns))];
    }),
    "",
  ];
}

function asJson(report: VerdictReport, past: Past | null): string {
  const shown =
    past === null
      ? null
      : {
          tip: past.opened.history.tip.id,
          reach: describeReach(past.opened.history),
          unread: past.opened.history.unread.map(({ pull, reason }) => ({
            sha: pull.end.id,
            subject: pull.title,
            reason,
          })),
          ...past.observation,
          rules: past.observation.rules.map((each) => ({ ...each, page: pageOf(each.rule) })),
        };
  const guards = report.guards.map(({ guard }) => guard);
  return `${JSON.stringify({ schema: "growth-engine/observation@1", guards, now: report, past: shown }, null, 2)}\n`;
}

function asText(report: VerdictReport, past: Past | null, { colour, columns }: CommandContext): string {
  const paint = paintFor(colour);
  const now = nowLines(report, paint, columns);
  if (past === null) {
    const more = "For past pull requests too: growth-engine guard --observe --since 90d";
    return [...now, paint("dim", more), ""].join("\n");
  }
  const { history } = past.opened;
  const reach = describeReach(history);
  return [
    ...now,
    ...(reach === null ? [] : [paint("yellow", reach)]),
    ...(history.unread.length === 0
      ? []
      : [
          paint(
            "yellow",
            `${plural(history.unread.length, "pull request")} left out: ${history.unread[0]?.reason}`,
          ),
        ]),
    ...renderObservation(past.observation, { paint, columns }),
    paint("dim", "What a rule means, and its page: growth-engine guard explain <rule>"),
    "",
  ].join("\n");
}

/**
 * `growth-engine guard --observe`: what would be blocked, now and with `--since` over past pull requests.
 * Never fails a check: 0, or 3 when it could not tell.
 */
export async function observeGuards(
  guards: AskedGuards,
  options: ObserveOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const repository = await openRepository(context.cwd);
  const subject = await gatherSubject(options, context);
  const { report } = await judgeRange(repository, subject, guards);
  const { since } = options;
  const base = subject.base ?? undefined;
  const asked = { ...options, ...(base === undefined ? {} : { base }) };
  const past =
    since === undefined ? null : await observePast(repository, guards, { ...asked, since }, context);
  context.out(options.json ? asJson(report, past) : asText(report, past, context));
  return report.verdict === "error" ? EXIT.fault : EXIT.ok;
}
