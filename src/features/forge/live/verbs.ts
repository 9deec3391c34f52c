import { openClient, type ServerChoice, showList } from "../../../platform/client/index.ts";
import { type CommandContext, shorten } from "../../../platform/terminal/index.ts";
import { formatDuration } from "../../../vocabulary/duration.ts";
import { EXIT, type ExitCode } from "../../../vocabulary/exit-code.ts";
import type * as contract from "./contract.ts";
import type { PullView, RunView } from "./contract.ts";

export interface PullsOptions extends ServerChoice {
  repository?: string;
  state?: PullView["state"];
  withoutVerdict?: boolean;
  since?: string;
  limit: string;
}

export interface RunsOptions extends ServerChoice {
  repository?: string;
  head?: string;
  kind?: RunView["kind"];
  conclusion?: string;
  limit: string;
}

export interface DeliveriesOptions extends ServerChoice {
  hook?: string;
  outcome?: "kept" | "older" | "ignored" | "unknown";
  limit: string;
}

const SHORT = 10;
const TITLE = 36;
const SECOND = 1_000;
const NO_HOOK = "no forge has told of one: growth-engine forge hook add github";

function saysOf({ verdict, claimed }: PullView): string {
  if (verdict !== null) return verdict;
  return claimed === null ? "none" : `none; ${claimed} claimed`;
}

/** Pull requests; exit 1 when those without a verdict are asked for and there are any. */
export async function listPulls(options: PullsOptions, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const { repository, state, since, limit, withoutVerdict } = options;
  const query = { repository, state, since, limit };
  const { items } = await client.ask<typeof contract.listPulls>("GET /api/v1/forge/pull", {
    query: withoutVerdict ? { ...query, without_verdict: "true" } : query,
  });
  showList(context, options, items, {
    none: withoutVerdict ? "none: each has an attested verdict that passed its head" : NO_HOOK,
    columns: {
      "pull request": (row) => `${row.repository} #${row.pull}`,
      state: ({ state: at, is_draft: isDraft, from_fork: isFork }) =>
        [at, isDraft ? "draft" : "", isFork ? "fork" : ""].filter(Boolean).join(", "),
      head: ({ head }) => head.slice(0, SHORT),
      verdict: saysOf,
      approvals: ({ approvals, changes_requested: not }) =>
        not === 0 ? `${approvals}` : `${approvals}, ${not} against`,
      title: ({ title }) => shorten(title, TITLE),
    },
  });
  return withoutVerdict && items.length > 0 ? EXIT.no : EXIT.ok;
}

export async function listRuns(options: RunsOptions, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const { repository, head, kind, conclusion, limit } = options;
  const { items } = await client.ask<typeof contract.listRuns>("GET /api/v1/forge/run", {
    query: { repository, head, kind, conclusion, limit },
  });
  return showList(context, options, items, {
    none: NO_HOOK,
    columns: {
      at: ({ created_at }) => created_at.slice(0, 16),
      kind: ({ kind: what }) => what,
      name: ({ name }) => shorten(name, TITLE),
      ended: ({ conclusion: how, status }) => how ?? status,
      took: ({ seconds }) => (seconds === null ? "–" : formatDuration(Math.round(seconds) * SECOND)),
      head: ({ head: commit }) => commit.slice(0, SHORT),
      repository: (row) => row.repository,
    },
  });
}

export async function listDeliveries(options: DeliveriesOptions, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const { hook, outcome, limit } = options;
  const { items } = await client.ask<typeof contract.listDeliveries>("GET /api/v1/forge/delivery", {
    query: { hook, outcome, limit },
  });
  return showList(context, options, items, {
    none: "nothing was brought: growth-engine forge hook list",
    columns: {
      at: ({ received_at }) => received_at.slice(0, 19),
      event: ({ event, action }) => [event, action].filter(Boolean).join(" "),
      outcome: (row) => row.outcome,
      repository: ({ repository }) => repository ?? "–",
      says: ({ says }) => shorten(says, TITLE),
    },
  });
}
