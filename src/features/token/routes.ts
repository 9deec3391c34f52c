import type { Transaction } from "../../platform/database/index.ts";
import { pageOf, readCursor } from "../../platform/endpoint/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import { type Route, route } from "../../platform/server/index.ts";
import type { Actor } from "../../vocabulary/actor.ts";
import * as contract from "./contract.ts";
import { createToken } from "./create-token.ts";
import { listTokens, type TokenRow, updateRevoked } from "./store.ts";
import { viewToken } from "./view-token.ts";

async function revoke(transaction: Transaction, actor: Actor, id: string, now: number): Promise<TokenRow> {
  const revoked = await updateRevoked(transaction, id, now);
  if (!revoked) {
    throw new Refusal("TOKEN_UNKNOWN", `there is no token ${id} in this fleet`, {
      hint: "growth-engine token list",
    });
  }
  if (revoked.role === "admin" && actor.role !== "admin")
    throw new Refusal("TOKEN_ROLE", "only an admin revokes an admin's token", { exit: 1 });
  return revoked;
}

function positionOf(cursor: string | undefined): { at: number; id: string } | null {
  const [at, id] = readCursor(cursor);
  return typeof at === "number" && typeof id === "string" && /^[\da-f-]{36}$/.test(id) ? { at, id } : null;
}

/** What can be asked about tokens. @param forget makes this process forget what it remembers of tokens */
export function tokenRoutes(forget: () => void): readonly Route[] {
  return [
    route(contract.showToken, async ({ actor }) => ({
      role: actor.role,
      agent: actor.agent,
      fleet: actor.fleet.name,
      token: actor.token,
    })),
    route(contract.addToken, ({ transaction, actor, body, now }) =>
      createToken(transaction, actor, { ...body, agent: body.agent ?? null }, now),
    ),
    route(contract.listTokens, async ({ transaction, query }) => {
      const { limit, cursor } = query;
      const rows = await listTokens(transaction, { before: positionOf(cursor), limit });
      return pageOf(rows, { limit, position: ({ created_at, id }) => [created_at, id], view: viewToken });
    }),
    route(contract.rotateToken, async ({ transaction, actor, params, body, now }) => {
      const { role, agent, label } = await revoke(transaction, actor, params.token, now);
      forget();
      return createToken(transaction, actor, { role, agent, label, days: body.days }, now);
    }),
    route(contract.revokeToken, async ({ transaction, actor, params, now }) => {
      const revoked = await revoke(transaction, actor, params.token, now);
      forget();
      return viewToken(revoked);
    }),
  ];
}
