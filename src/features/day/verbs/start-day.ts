import { type Client, openClient, type ServerChoice } from "../../../platform/client/index.ts";
import { isFault, isRefusal } from "../../../platform/errors/index.ts";
import {
  type CommandContext,
  paintFor,
  printable,
  renderChecks,
  wrap,
} from "../../../platform/terminal/index.ts";
import type { ExitCode } from "../../../vocabulary/exit-code.ts";
import { exitOfChecks, type HealthCheck } from "../../../vocabulary/health.ts";
import type { showHealthEndpoint as ciHealth } from "../../ci/live/index.ts";
import { lookAtCheckout, openCheckout } from "../../doctor/index.ts";
import { limitOf, lookAtAll } from "../../health/index.ts";
import type { listReservationsEndpoint } from "../../reservation/index.ts";
import type * as contract from "../contract.ts";
import type { StartView } from "../contract.ts";
import { type FilledBox, judgeChecklist } from "../judge-checklist.ts";
import { checklistMarkdown, literal, renderChecklist } from "./render-checklist.ts";
import { type Coordination, coordinationLines } from "./render-coordination.ts";

export interface StartOptions extends ServerChoice {
  dryRun?: boolean;
  timeout: string;
  markdown?: boolean;
}

interface Morning {
  health: HealthCheck[];
  environment: HealthCheck[];
  coordination: Coordination | null;
  checklist: FilledBox[];
  start: StartView | null;
}

/** What the control plane knows of the team; null where it cannot be asked, which `health` tells by itself. */
async function coordinate(client: Client): Promise<Coordination> {
  const quiet = <T>(asked: Promise<T>): Promise<T | null> => asked.catch(() => null);
  const [survey, ci, held] = await Promise.all([
    client.ask<typeof contract.surveyDay>("GET /api/v1/day/survey"),
    quiet(client.ask<typeof ciHealth>("GET /api/v1/ci", { query: { days: 7 } })),
    quiet(client.all<typeof listReservationsEndpoint>("GET /api/v1/reservation")),
  ]);
  const of = (state: string) => held?.filter((one) => one.state === state).length ?? 0;
  return { survey, ci, reservations: held && { held: of("held"), waiting: of("waiting") } };
}

async function environmentOf(context: CommandContext): Promise<HealthCheck[]> {
  try {
    return await lookAtCheckout(await openCheckout(context.cwd, context.env, context.clock.now()));
  } catch (error) {
    if (isFault(error) && error.code === "NOT_A_REPOSITORY") return [];
    throw error;
  }
}

function clientOf(options: ServerChoice, context: CommandContext): Client | null {
  try {
    return openClient({ ...options, env: context.env });
  } catch (error) {
    if (isRefusal(error) && error.code === "TOKEN_MISSING") return null;
    throw error;
  }
}

function render(
  { health, environment, coordination, checklist, start }: Morning,
  context: CommandContext,
): string {
  const paint = paintFor(context.colour);
  const title = (text: string) => `${paint("bold", text)}\n`;
  const now = context.clock.now();
  const rows = (coordination ? coordinationLines(coordination, now) : []).flatMap(([word, text]) =>
    wrap(text, Math.max(24, context.columns - 9)).map(
      (line, at) => `${(at === 0 ? word : "").padEnd(9)}${line}`,
    ),
  );
  const last = coordination?.survey.last;
  const compared = last
    ? `since the start of ${printable(last.at.slice(0, 16).replace("T", " "))} UTC`
    : "since a day ago: no start is kept yet";
  const asked =
    start === null
      ? "dry run: nothing was kept, and nobody asked"
      : `start ${start.start} is kept; ${start.asked} asked for an update`;
  return [
    title("System health"),
    renderChecks(health, context),
    "\n",
    ...(environment.length === 0 ? [] : [title("Environment"), renderChecks(environment, context), "\n"]),
    title(`Agents and tasks, ${compared}`),
    rows.length === 0 ? "the control plane was not asked\n" : `${rows.join("\n")}\n`,
    "\n",
    title("Daily operations checklist"),
    renderChecklist(checklist.map(printed), context),
    `\n${asked}\n`,
  ].join("");
}

const printed = ({ box, state, because }: FilledBox) => ({ box, ticked: state === "ok", because });

function markdown({ health, environment, coordination, checklist }: Morning, now: number): string {
  const bad = [...health, ...environment].filter(({ state }) => state !== "ok");
  return [
    `## Morning of ${coordination ? literal(coordination.survey.fleet) : "the fleet"}\n\n`,
    checklistMarkdown(checklist.map(printed)),
    bad.length === 0 ? "" : "\n### To look at\n\n",
    ...bad.map(
      ({ name, says, hint }) =>
        `- ${literal(name)}: ${literal(says)}${hint === null ? "" : ` → ${literal(hint)}`}\n`,
    ),
    coordination ? "\n### Agents and tasks\n\n" : "",
    ...(coordination ? coordinationLines(coordination, now) : []).map(
      ([word, text]) => `- ${word}${word && ": "}${literal(text)}\n`,
    ),
  ].join("");
}

/** `growth-engine day start`: the specification's morning in one command. Everything is looked at at the same time. */
export async function startDay(options: StartOptions, context: CommandContext): Promise<ExitCode> {
  const mcpLimit = limitOf(options.timeout);
  const client = clientOf(options, context);
  const [health, environment, coordination] = await Promise.all([
    lookAtAll({ ...options, mcpLimit }, context),
    environmentOf(context),
    client === null
      ? null
      : coordinate(client).catch((error: unknown) => {
          // Told by `health`; whoever may not start a day is refused.
          if (isFault(error)) return null;
          throw error;
        }),
  ]);
  const checklist = judgeChecklist(health, coordination?.survey ?? null);
  const keeps = options.dryRun !== true && client !== null && coordination !== null;
  const body = { checklist: checklist.map(printed) };
  const start = keeps ? await client.ask<typeof contract.startDay>("POST /api/v1/day", { body }) : null;
  const morning: Morning = { health, environment, coordination, checklist, start };
  if (options.json) context.out(`${JSON.stringify(morning, null, 2)}\n`);
  else context.out(options.markdown ? markdown(morning, context.clock.now()) : render(morning, context));
  return exitOfChecks(checklist);
}
