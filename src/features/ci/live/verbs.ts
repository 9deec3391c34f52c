import { openClient, type ServerChoice } from "../../../platform/client/index.ts";
import {
  type CommandContext,
  paintFor,
  printable,
  renderTable,
  shorten,
  sparkline,
} from "../../../platform/terminal/index.ts";
import { formatDuration } from "../../../vocabulary/duration.ts";
import { EXIT, type ExitCode } from "../../../vocabulary/exit-code.ts";
import type { CiHealth, showHealth } from "./contract.ts";

export interface StatusOptions extends ServerChoice {
  days: string;
  repository?: string;
}

const SECOND = 1_000;
const NAME = 32;
const percent = (share: number | null): string => (share === null ? "–" : `${Math.round(share * 100)} %`);
const lasted = (seconds: number | null): string =>
  seconds === null ? "–" : formatDuration(Math.round(seconds) * SECOND);

function headline(health: CiHealth): string {
  const { runs, failed, share, median_seconds, p95_seconds, cancelled, plugin, guards } = health;
  const ours = [
    ...(guards > 0 ? [`${guards} by a guard`] : []),
    ...(plugin > 0 ? [`${plugin} by the bundler plugin`] : []),
  ];
  return [
    `${failed} of ${runs} runs failed (${percent(share)}) since ${health.since.slice(0, 10)}${ours.length === 0 ? "" : `, ${ours.join(", ")}`}`,
    `they took ${lasted(median_seconds)} in the middle, 19 of 20 under ${lasted(p95_seconds)}; ${cancelled} more were cancelled`,
  ].join("\n");
}

function render(health: CiHealth, context: CommandContext): string {
  const bold = (text: string) => paintFor(context.colour)("bold", text);
  const { workflows, causes, weeks } = health;
  const flows = workflows.map((row) => [
    shorten(row.workflow, NAME),
    percent(row.share),
    `${row.failed}/${row.runs}`,
    lasted(row.median_seconds),
    row.last,
    row.repository,
  ]);
  const why = causes.map((row) => [
    String(row.times),
    row.conclusion,
    shorten([row.name, row.step].filter(Boolean).join(" › "), NAME * 2),
    row.rules.join(" "),
  ]);
  const trend = sparkline(weeks.map(({ share }) => share ?? 0));
  return [
    `${printable(headline(health))}\n`,
    `${bold("Workflows")}\n${renderTable(["workflow", "failed", "of", "usually", "last", "repository"], flows)}`,
    ...(why.length === 0
      ? []
      : [`${bold("What failed")}\n${renderTable(["times", "how", "where", "rules"], why)}`]),
    ...(weeks.length < 2
      ? []
      : [
          `${bold("Failed, by week")}  ${trend}  ${percent(weeks[0]?.share ?? null)} → ${percent(weeks.at(-1)?.share ?? null)}\n`,
        ]),
  ].join("\n");
}

/** How CI goes over time. */
export async function showStatus(options: StatusOptions, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const health = await client.ask<typeof showHealth>("GET /api/v1/ci", {
    query: { days: options.days, repository: options.repository },
  });
  if (options.json) context.out(`${JSON.stringify(health, null, 2)}\n`);
  else if (health.runs === 0)
    context.out("no forge has told of a run that ended: growth-engine forge hook add github\n");
  else context.out(render(health, context));
  return EXIT.ok;
}
