import { openClient, type ServerChoice, showList } from "../../../platform/client/index.ts";
import { type CommandContext, paintFor, renderTable } from "../../../platform/terminal/index.ts";
import { formatDuration } from "../../../vocabulary/duration.ts";
import { EXIT, type ExitCode } from "../../../vocabulary/exit-code.ts";
import { renderVerdict, type VerdictReport } from "../../verdict/index.ts";
import type * as contract from "./contract.ts";
import type { Rates, VerdictView } from "./contract.ts";

export interface VerdictsOptions extends ServerChoice {
  repository?: string;
  pull?: string;
  head?: string;
  guard?: string;
  verdict?: NonNullable<VerdictView["guards"]>[string];
  since?: string;
  attested?: boolean;
  limit: string;
}

export interface RatesOptions extends ServerChoice {
  repository?: string;
  attested?: boolean;
  days: string;
}

const SECOND = 1_000;
const SHORT = 12;

async function showOne(id: string, options: VerdictsOptions, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const found = await client.ask<typeof contract.showVerdict>("GET /api/v1/guard/verdict/:verdict", {
    params: { verdict: id },
  });
  if (options.json) context.out(`${JSON.stringify(found, null, 2)}\n`);
  else {
    const { report, repository, pull, trust, brought_by, published_at } = found;
    const of = pull === null ? repository : `${repository} #${pull}`;
    context.out(`${of}, ${trust} by ${brought_by}, ${published_at}\n`);
    const look = { colour: context.colour, version: context.version };
    context.out(renderVerdict(report as unknown as VerdictReport, "text", look));
  }
  return EXIT.ok;
}

/** The guards that decided, in the fewest words. */
function saysOf({ guards, verdict }: VerdictView): string {
  const not = Object.entries(guards).filter(([, answer]) => answer === "fail" || answer === "error");
  if (not.length === 0) return verdict;
  return `${verdict}: ${not.map(([guard]) => guard).join(", ")}`;
}

/** The kept verdicts, or one of them. */
export async function showVerdicts(
  id: string | undefined,
  options: VerdictsOptions,
  context: CommandContext,
): Promise<ExitCode> {
  if (id !== undefined) return showOne(id, options, context);
  const client = openClient({ ...options, env: context.env });
  const { repository, pull, head, guard, verdict, since, attested } = options;
  const query = { repository, pull, head, guard, verdict, since, limit: options.limit };
  const { items } = await client.ask<typeof contract.listVerdicts>("GET /api/v1/guard", {
    query: attested ? { ...query, attested: "true" } : query,
  });
  return showList(context, options, items, {
    none: "no verdict is kept: growth-engine guard publish",
    columns: {
      id: ({ id: number }) => String(number),
      at: ({ published_at }) => published_at.slice(0, 16),
      repository: (row) => (row.pull === null ? row.repository : `${row.repository} #${row.pull}`),
      head: (row) => row.head.slice(0, SHORT),
      trust: ({ trust }) => trust,
      verdict: saysOf,
    },
  });
}

const lasted = (seconds: number | null): string =>
  seconds === null ? "–" : formatDuration(Math.round(seconds) * SECOND);
const percent = (share: number | null): string => (share === null ? "–" : `${Math.round(share * 100)} %`);

function saysHowLong({ resolved, open, median_seconds, p95_seconds }: Rates["resolution"]): string {
  const after =
    resolved === 0
      ? ""
      : `, half of them within ${lasted(median_seconds)}, 19 of 20 within ${lasted(p95_seconds)}`;
  return `${resolved} resolved${after}; ${open} open`;
}

function renderRates({ guards, rules, resolution }: Rates, context: CommandContext): string {
  const bold = (text: string) => paintFor(context.colour)("bold", text);
  const answers = guards.map((row) => [
    row.guard,
    percent(row.share),
    ...[row.passed, row.failed, row.errors, row.not_applicable].map(String),
  ]);
  const found = rules.map((row) => [row.rule, row.level, String(row.verdicts), String(row.findings)]);
  return [
    renderTable(["guard", "passes", "passed", "failed", "could not tell", "not applicable"], answers),
    ...(found.length === 0
      ? []
      : [`${bold("Rules found most")}\n${renderTable(["rule", "level", "verdicts", "findings"], found)}`]),
    `${bold("Failures of pull requests")}: ${saysHowLong(resolution)}\n`,
  ].join("\n");
}

/** How guarding goes, from what is kept. */
export async function showRates(options: RatesOptions, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const query = { days: options.days, repository: options.repository };
  const rates = await client.ask<typeof contract.showRates>("GET /api/v1/guard/rates", {
    query: options.attested ? { ...query, attested: "true" } : query,
  });
  if (options.json) context.out(`${JSON.stringify(rates, null, 2)}\n`);
  else if (rates.verdicts === 0) context.out("no verdict is kept: growth-engine guard publish\n");
  else
    context.out(
      `${rates.verdicts} verdicts since ${rates.since.slice(0, 10)}, ${rates.attested} of them attested\n\n${renderRates(rates, context)}`,
    );
  return EXIT.ok;
}
