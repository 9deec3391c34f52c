import { openClient, type ServerChoice, showList } from "../../../platform/client/index.ts";
import { type CommandContext, printable } from "../../../platform/terminal/index.ts";
import type { ExitCode } from "../../../vocabulary/exit-code.ts";
import type * as contract from "./contract.ts";

export interface KeptOptions extends ServerChoice {
  repository?: string;
  agent?: string;
  task?: string;
  tool?: string;
  session?: string;
  since?: string;
  until?: string;
  gone: "with" | "without" | "only";
  limit: string;
}

export interface UseOptions extends ServerChoice {
  days: string;
}

/** Kept lines, newest first. What is wrong with a word, the server says. */
export async function listKept(options: KeptOptions, context: CommandContext): Promise<ExitCode> {
  const { repository, agent, task, tool, session, since, until, gone, limit } = options;
  const client = openClient({ ...options, env: context.env });
  const query = { repository, agent, task, tool, session, since, until, gone, limit };
  const given = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
  const { items } = await client.ask<typeof contract.listKept>("GET /api/v1/evidence", { query: given });
  return showList(context, options, items, {
    none: "no evidence is kept: growth-engine sync in a checkout brings it",
    columns: {
      time: (row) => row.at,
      agent: (row) => printable(row.agent),
      tool: (row) => printable(row.tool),
      doc_ref: (row) => printable(row.doc_ref),
      task: (row) => printable(row.task ?? "–"),
      where: (row) => `${printable(row.file)}:${row.number}${row.gone_at === null ? "" : " (gone)"}`,
    },
  });
}

/** What was consulted, the busiest first. */
export async function showUse(options: UseOptions, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const { items } = await client.ask<typeof contract.showUse>("GET /api/v1/evidence/use", {
    query: { days: options.days },
  });
  return showList(context, options, items, {
    none: `no evidence of the last ${printable(options.days)} days is kept: growth-engine sync`,
    columns: {
      agent: (row) => printable(row.agent),
      repository: (row) => printable(row.repository),
      tool: (row) => printable(row.tool),
      lines: (row) => String(row.lines),
      tasks: (row) => String(row.tasks),
      "not ok": (row) => String(row.errors),
      last: (row) => row.last_at,
    },
  });
}
