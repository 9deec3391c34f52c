import { resolve } from "node:path";
import { type Client, openClient, type ServerChoice } from "../../../platform/client/index.ts";
import type { AnswerOf } from "../../../platform/endpoint/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import { type CommandContext, showProgress } from "../../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../../vocabulary/exit-code.ts";
import type { listAgentsEndpoint } from "../../agent/index.ts";
import type { listTasks } from "../contract.ts";
import type { importTasks as importTasksEndpoint } from "../import/contract.ts";
import { SOURCES, type Source } from "../import/find-source.ts";
import { readSource } from "../import/read-source.ts";
import type { TaskToImport } from "../import/settle-task.ts";
import { type ImportGround, settleTasks } from "../import/settle-tasks.ts";
import { splitParts } from "../import/split-parts.ts";
import { renderImport } from "./render-import.ts";

export interface ImportOptions extends ServerChoice {
  from: string;
  dryRun?: boolean;
  keep?: boolean;
}

type Outcome = AnswerOf<typeof importTasksEndpoint>["tasks"][number];

function sourceOf(word: string): Source {
  const source = SOURCES.find((known) => known === word);
  if (source) return source;
  throw new Refusal("USAGE", `--from "${word}" is nothing that can be imported`, {
    hint: `--from ${SOURCES.join("|")}`,
  });
}

async function readGround(client: Client): Promise<ImportGround> {
  const [tasks, agents] = await Promise.all([
    client.all<typeof listTasks>("GET /api/v1/task"),
    client.all<typeof listAgentsEndpoint>("GET /api/v1/agent"),
  ]);
  const active = agents.filter(({ retired_at }) => retired_at === null);
  return { tasks: new Set(tasks.map(({ id }) => id)), agents: new Set(active.map(({ name }) => name)) };
}

/** In a dry run the parts before were not added: what leans on them alone is not asked about. */
function aloneOf(part: readonly TaskToImport[], { tasks }: ImportGround): TaskToImport[] {
  const here = new Set(part.map(({ id }) => id));
  return part.map((task) => ({
    ...task,
    depends_on: (task.depends_on ?? []).filter((id) => here.has(id) || tasks.has(id)),
  }));
}

async function sendParts(
  client: Client,
  tasks: readonly TaskToImport[],
  ground: ImportGround,
  options: ImportOptions,
  context: CommandContext,
): Promise<Outcome[]> {
  const parts = splitParts(tasks);
  const progress = showProgress(context, "importing, in parts", parts.length);
  const outcomes: Outcome[] = [];
  const dry_run = options.dryRun === true;
  for (const part of parts) {
    const body = {
      tasks: dry_run ? aloneOf(part, ground) : part,
      dry_run,
      existing: options.keep ? ("skip" as const) : ("change" as const),
    };
    const answer = await client.ask<typeof importTasksEndpoint>("POST /api/v1/task/import", { body });
    outcomes.push(...answer.tasks);
    progress.step();
  }
  progress.end();
  return outcomes;
}

/** `growth-engine task import`: exit 1 when there is nothing that could be imported. */
export async function importTasks(
  path: string,
  options: ImportOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const source = sourceOf(options.from);
  const read = await readSource(source, resolve(context.cwd, path));
  const client = openClient({ ...options, env: context.env });
  const ground = await readGround(client);
  const { tasks, notes } = settleTasks(read, ground);
  const outcomes = tasks.length === 0 ? [] : await sendParts(client, tasks, ground, options, context);
  const report = { dry_run: options.dryRun === true, tasks: outcomes, notes };
  context.out(options.json ? `${JSON.stringify(report, null, 2)}\n` : renderImport(report, tasks, context));
  return tasks.length === 0 ? EXIT.no : EXIT.ok;
}
