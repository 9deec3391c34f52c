import { z } from "zod";
import { endpoint, name, optionalPage, page, text } from "../../platform/endpoint/index.ts";
import { OUTSIDERS, ROLES } from "../../vocabulary/actor.ts";

export const TokenView = z.object({
  id: z.string(),
  role: z.enum(ROLES),
  agent: z.string().nullable(),
  label: z.string(),
  created_at: z.string().meta({ description: "RFC 3339" }),
  expires_at: z.string().nullable(),
  revoked_at: z.string().nullable(),
});
export type TokenView = z.output<typeof TokenView>;

/** The token itself, which is shown this once. */
export const NewToken = TokenView.extend({ token: z.string() });
export type NewToken = z.output<typeof NewToken>;

const MAX_DAYS = 3650;
const DAYS = 90;
const days = z.int().min(1).max(MAX_DAYS).default(DAYS).meta({ description: "Days until it expires." });
const params = z.strictObject({ token: z.uuid() });

export const addToken = endpoint({
  name: "token_add",
  method: "POST",
  path: "/api/v1/token",
  says: "Makes a token. A manager makes tokens of agents, viewers and managers of the own fleet.",
  roles: ["admin", "manager"],
  body: z.strictObject({
    role: z.enum(ROLES),
    agent: name(64).optional().meta({ description: "The agent it acts as; for the role agent alone." }),
    label: text(200),
    days,
  }),
  answer: NewToken,
  status: 201,
  secret: true,
});

export const listTokens = endpoint({
  name: "token_list",
  method: "GET",
  path: "/api/v1/token",
  says: "The tokens of the fleet, newest first; never their secrets.",
  roles: ["admin", "manager"],
  query: z.strictObject(optionalPage),
  answer: page(TokenView),
});

export const rotateToken = endpoint({
  name: "token_rotate",
  method: "POST",
  path: "/api/v1/token/:token/rotate",
  says: "Makes a token like this one, and revokes this one.",
  roles: ["admin", "manager"],
  params,
  body: z.strictObject({ days }),
  answer: NewToken,
  status: 201,
  secret: true,
});

export const revokeToken = endpoint({
  name: "token_revoke",
  method: "POST",
  path: "/api/v1/token/:token/revoke",
  says: "Revokes a token: it is refused from now on.",
  roles: ["admin", "manager"],
  params,
  body: z.strictObject({}).optional(),
  answer: TokenView,
});

export const showToken = endpoint({
  name: "token_show",
  method: "GET",
  path: "/api/v1/token/self",
  says: "Who the caller is: role, agent and fleet of its token.",
  roles: ["admin", "manager", "agent", "viewer"],
  answer: z.object({
    role: z.enum([...ROLES, ...OUTSIDERS]),
    agent: z.string().nullable(),
    fleet: z.string(),
    token: z.string(),
  }),
});
