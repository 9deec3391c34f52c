import { openClient, type ServerChoice, show, showList } from "../../platform/client/index.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";
import type { Role } from "../../vocabulary/actor.ts";
import type { ExitCode } from "../../vocabulary/exit-code.ts";
import type { addAgentEndpoint } from "../agent/index.ts";
import type * as contract from "./contract.ts";
import type { NewToken, TokenView } from "./contract.ts";

export interface AddOptions extends ServerChoice {
  role: string;
  label: string;
  agent?: string;
  days: string;
}

export interface RotateOptions extends ServerChoice {
  days: string;
}

const secretOf = (token: NewToken): string =>
  `a ${token.role}'s token until ${token.expires_at?.slice(0, 10)}, shown this once:\n  GROWTH_ENGINE_TOKEN=${token.token}`;

/** Makes a token. What is wrong with a role or a number, the server says. */
export async function addToken(options: AddOptions, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const { role, label, agent, days } = options;
  const body = { role: role as Role, label, days: Number(days), ...(agent === undefined ? {} : { agent }) };
  const token = await client.ask<typeof contract.addToken>("POST /api/v1/token", { body });
  return show(context, options, token, secretOf(token));
}

function stateOf({ revoked_at, expires_at }: TokenView): string {
  if (revoked_at !== null) return `revoked ${revoked_at.slice(0, 10)}`;
  return expires_at === null ? "does not expire" : `until ${expires_at.slice(0, 10)}`;
}

export async function listTokens(options: ServerChoice, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const items = await client.all<typeof contract.listTokens>("GET /api/v1/token");
  return showList(context, options, items, {
    none: "no token",
    columns: {
      id: ({ id }) => id,
      role: ({ role, agent }) => (agent === null ? role : `${role} ${agent}`),
      state: stateOf,
      label: ({ label }) => label,
    },
  });
}

export async function rotateToken(
  id: string,
  options: RotateOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const token = await client.ask<typeof contract.rotateToken>("POST /api/v1/token/:token/rotate", {
    params: { token: id },
    body: { days: Number(options.days) },
  });
  return show(context, options, token, secretOf(token));
}

export async function revokeToken(
  id: string,
  options: ServerChoice,
  context: CommandContext,
): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const token = await client.ask<typeof contract.revokeToken>("POST /api/v1/token/:token/revoke", {
    params: { token: id },
  });
  return show(context, options, token, `the token ${token.id} (${token.label}) is refused from now on`);
}

export async function showToken(options: ServerChoice, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const self = await client.ask<typeof contract.showToken>("GET /api/v1/token/self");
  const article = self.role === "admin" ? "an" : "a";
  const who = self.agent === null ? `${article} ${self.role}` : `the agent ${self.agent}`;
  return show(context, options, self, `${who} of the fleet ${self.fleet}, at ${client.url}`);
}

export interface AddAgentOptions extends ServerChoice {
  description?: string;
  /** False for `--no-token`. */
  token: boolean;
}

/** Makes an agent and its token: what a person wants who types `agent add`. */
export async function addAgent(
  name: string,
  options: AddAgentOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const body = { name, ...(options.description === undefined ? {} : { description: options.description }) };
  const agent = await client.ask<typeof addAgentEndpoint>("POST /api/v1/agent", { body });
  if (!options.token) return show(context, options, agent, `the agent ${agent.name} is made`);
  const { token, expires_at } = await client.ask<typeof contract.addToken>("POST /api/v1/token", {
    body: { role: "agent", agent: name, label: `agent ${name}` },
  });
  const sentence = `the agent ${agent.name} is made; its token, shown this once, until ${expires_at?.slice(0, 10)}:\n  GROWTH_ENGINE_TOKEN=${token}`;
  return show(context, options, { ...agent, token }, sentence);
}
