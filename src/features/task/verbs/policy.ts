import { openClient, type ServerChoice } from "../../../platform/client/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import { type CommandContext, printable, renderTable } from "../../../platform/terminal/index.ts";
import { formatDuration, parseDuration } from "../../../vocabulary/duration.ts";
import { EXIT, type ExitCode } from "../../../vocabulary/exit-code.ts";
import { COMPLETION_POLICIES, type CompletionPolicy } from "../../../vocabulary/task.ts";
import type { setAgentLease, setSettings, showSettings, TaskSettings } from "../completion/contract.ts";

export interface PolicyOptions extends ServerChoice {
  require?: string[];
  requireNothing?: boolean;
  lease?: string;
  agent?: string;
}

/** What each policy asks of a completion. */
const SAYS: Readonly<Record<CompletionPolicy, string>> = {
  dependencies: "all that it waits for is completed",
  criteria: "each acceptance criterion is met by a named proof",
  evidence: "evidence of the task is there",
  knowledge: "the knowledge search before the work is on record",
  notes: "notes are given",
  pull_request: "its pull request is merged",
  runs: "unit and integration tests passed on this tree",
  security: "no secret, banned package or vulnerable dependency in the diff",
};

function secondsOf(lease: string): number {
  const ms = parseDuration(lease);
  if (ms !== null) return Math.round(ms / 1_000);
  throw new Refusal("USAGE", `--lease "${lease}" is no duration`, { hint: "--lease 15m" });
}

function changesOf({ require, requireNothing, lease }: PolicyOptions) {
  if (require !== undefined && requireNothing)
    throw new Refusal("USAGE", "--require and --require-nothing exclude each other", {
      hint: "leave one out",
    });
  const policies = requireNothing ? [] : (require as CompletionPolicy[] | undefined);
  return {
    ...(policies === undefined ? {} : { policies }),
    ...(lease === undefined ? {} : { lease_seconds: secondsOf(lease) }),
  };
}

/** `fleet` as a word for "as the fleet's" takes an agent's own lease away. */
async function settle(options: PolicyOptions, context: CommandContext): Promise<TaskSettings> {
  const client = openClient({ ...options, env: context.env });
  const { agent, lease, require, requireNothing } = options;
  if (agent !== undefined) {
    if (lease === undefined || require !== undefined || requireNothing)
      throw new Refusal("USAGE", "an agent has a lease of its own, and nothing else", {
        hint: "--agent <agent> --lease 30m, or --lease fleet",
      });
    const body = { lease_seconds: lease === "fleet" ? null : secondsOf(lease) };
    return client.ask<typeof setAgentLease>("PUT /api/v1/task/settings/agent/:agent", {
      params: { agent },
      body,
    });
  }
  const body = changesOf(options);
  if (Object.keys(body).length === 0) return client.ask<typeof showSettings>("GET /api/v1/task/settings");
  return client.ask<typeof setSettings>("PUT /api/v1/task/settings", { body });
}

function render({ lease_seconds, policies, agents }: TaskSettings): string {
  const asked = new Set<string>(policies);
  const rows = COMPLETION_POLICIES.map((policy) => [
    asked.has(policy) ? "required" : "–",
    policy,
    SAYS[policy],
  ]);
  const own = agents.map(
    (each) => `\n  ${printable(each.agent)}: ${formatDuration(each.lease_seconds * 1_000)}`,
  );
  return `a claim lasts ${formatDuration(lease_seconds * 1_000)} without a beat${own.join("")}\n\n${renderTable(["to complete", "policy", "what it asks"], rows)}`;
}

/** `growth-engine task policy`: shows what the fleet asks, or sets it. */
export async function policy(options: PolicyOptions, context: CommandContext): Promise<ExitCode> {
  const settings = await settle(options, context);
  context.out(options.json ? `${JSON.stringify(settings, null, 2)}\n` : render(settings));
  return EXIT.ok;
}
