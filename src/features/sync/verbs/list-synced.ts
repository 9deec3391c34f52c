import { openClient, type ServerChoice, showList } from "../../../platform/client/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import { type CommandContext, printable } from "../../../platform/terminal/index.ts";
import type { ExitCode } from "../../../vocabulary/exit-code.ts";
import type * as contract from "../contract.ts";

export interface ListOptions extends ServerChoice {
  limit: string;
}

const MAX_LIMIT = 500;
const SHORT = 10;

/** The checkouts whose records are brought. */
export async function showStatus(options: ServerChoice, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const { items } = await client.ask<typeof contract.listCheckouts>("GET /api/v1/sync");
  return showList(context, options, items, {
    none: "no checkout yet: growth-engine sync",
    columns: {
      repository: (row) => printable(row.repository),
      checkout: (row) => printable(row.checkout),
      branch: (row) => printable(row.branch ?? "–"),
      head: (row) => row.head?.slice(0, SHORT) ?? "–",
      synced: (row) => row.synced_at ?? "not to its end yet",
      files: (row) => String(row.files),
      lines: (row) => String(row.lines),
      broken: (row) => String(row.broken),
    },
  });
}

/** Files that held something else than before. */
export async function listRewrites(options: ListOptions, context: CommandContext): Promise<ExitCode> {
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    throw new Refusal("USAGE", `--limit "${options.limit}" is no number from 1 to ${MAX_LIMIT}`, {
      hint: "--limit 50",
    });
  const client = openClient({ ...options, env: context.env });
  const { items } = await client.ask<typeof contract.listRewrites>("GET /api/v1/sync/rewrite", {
    query: { limit: options.limit },
  });
  return showList(context, options, items, {
    none: "no record file was found rewritten",
    columns: {
      found: (row) => row.found_at,
      repository: (row) => printable(row.repository),
      file: (row) => printable(row.file),
      what: (row) => row.what,
      "from line": (row) => String(row.from_line),
      lines: (row) => `${row.lines_before} → ${row.lines_after}`,
      "given up": (row) => String(row.gone),
      by: (row) => row.brought_by,
    },
  });
}

/** Lines that could not be taken. */
export async function listBroken(options: ServerChoice, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const items = await client.all<typeof contract.listBroken>("GET /api/v1/sync/broken");
  return showList(context, options, items, {
    none: "no line is broken",
    columns: {
      repository: (row) => printable(row.repository),
      where: (row) => `${printable(row.file)}:${row.line}:${row.column}`,
      rule: (row) => row.rule,
      why: (row) => printable(row.message),
    },
  });
}
