import { utcTimestamp } from "../../../platform/clock/index.ts";
import type { Database, Transaction } from "../../../platform/database/index.ts";
import { pageOf, readCursor } from "../../../platform/endpoint/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import {
  type DirectCall,
  directRoute,
  type Route,
  route,
  serverRoute,
  withWayIn,
} from "../../../platform/server/index.ts";
import { listRepositories } from "../../fleet/index.ts";
import * as contract from "./contract.ts";
import { listDeliveries } from "./hook/delivery-store.ts";
import type { EventFacts } from "./hook/facts.ts";
import { newHookSecret } from "./hook/hook-secret.ts";
import { findHook, insertHook, listHooks, updateRemoved, updateSecret } from "./hook/hook-store.ts";
import { hookWayIn } from "./hook/hook-way-in.ts";
import { readGithub } from "./hook/read-github.ts";
import { kindOfGitlab, readGitlab } from "./hook/read-gitlab.ts";
import { readPayload, receiveEvent } from "./hook/receive-event.ts";
import { listPulls, listRuns } from "./pull-store.ts";
import { deleteTrust, type ListedTrust, listTrusts, upsertTrust } from "./trust/trust-store.ts";
import { viewHook, viewPull, viewRun } from "./view-rows.ts";

const HOUR_MS = 3_600_000;
const ACCEPTED = 202;

async function refuseUnknownRepository(transaction: Transaction, repository: string): Promise<void> {
  const known = await listRepositories(transaction);
  if (known.some(({ name }) => name === repository)) return;
  throw new Refusal("REPOSITORY_UNKNOWN", `there is no repository ${repository} in this fleet`, {
    hint: `growth-engine fleet repository ${repository}`,
  });
}

function unknownHook(id: string): Refusal {
  return new Refusal("FORGE_HOOK_UNKNOWN", `there is no webhook ${id} in this fleet that takes events`, {
    hint: "growth-engine forge hook list",
  });
}

const viewTrust = ({ created_at, ...trust }: ListedTrust): contract.TrustView => ({
  ...trust,
  created_at: utcTimestamp(created_at),
});

const TRUSTS: readonly Route[] = [
  route(contract.addTrust, async ({ transaction, actor, body, now }) => {
    await refuseUnknownRepository(transaction, body.repository);
    const { issuer = contract.ISSUERS[body.forge], forge_name = body.repository, ...rest } = body;
    return viewTrust(await upsertTrust(transaction, actor.fleet.id, { ...rest, issuer, forge_name }, now));
  }),
  route(contract.listTrusts, async ({ transaction, actor }) => ({
    items: (await listTrusts(transaction, actor.fleet.id)).map(viewTrust),
  })),
  route(contract.removeTrust, async ({ transaction, actor, params }) => {
    const removed = await deleteTrust(transaction, actor.fleet.id, params.trust);
    if (removed) return viewTrust(removed);
    throw new Refusal("FORGE_TRUST_UNKNOWN", `the fleet trusts no workflow ${params.trust}`, {
      hint: "growth-engine forge trust list",
    });
  }),
];

const HOOKS: readonly Route[] = [
  route(contract.addHook, async ({ transaction, actor, body, now }) => {
    const { forge, repository = null, forge_name = null } = body;
    if (repository !== null) await refuseUnknownRepository(transaction, repository);
    if (repository === null && forge_name !== null)
      throw new Refusal("INPUT_INVALID", "forge_name is of a repository, which is missing", {
        hint: "--repository <name>",
      });
    const secret = newHookSecret();
    const hook = await insertHook(
      transaction,
      actor.fleet.id,
      { forge, repository, forge_name, secret },
      now,
    );
    return { ...viewHook(hook), secret };
  }),
  route(contract.listHooks, async ({ transaction, actor, now }) => ({
    items: (await listHooks(transaction, actor.fleet.id, now)).map(
      ({ last_at, deliveries, unknown, ...hook }) => ({
        ...viewHook(hook),
        last_at: last_at === null ? null : utcTimestamp(last_at),
        deliveries,
        unknown,
      }),
    ),
  })),
  // The fleet's role may not read secrets, so the one that is replaced is moved by the server's.
  serverRoute(contract.rotateHook, async ({ transaction, actor, params, body, now }) => {
    const secret = newHookSecret();
    const words = { secret, oldUntil: now + body.hours * HOUR_MS };
    const hook = await updateSecret(transaction, actor.fleet.id, params.hook, words);
    if (!hook) throw unknownHook(params.hook);
    return { ...viewHook(hook), secret };
  }),
  route(contract.removeHook, async ({ transaction, actor, params, now }) => {
    const hook = await updateRemoved(transaction, actor.fleet.id, params.hook, now);
    if (!hook) throw unknownHook(params.hook);
    return viewHook(hook);
  }),
];

/** The forge's name for a sending: visible text of some length, else the event is not one of its. */
function nameOf(headers: DirectCall<never>["headers"], ...names: string[]): string {
  const value = names.map((name) => headers[name]).find((one) => one !== undefined) ?? "";
  if (/^[!-~]{1,200}$/.test(value)) return value;
  throw new Refusal("INPUT_INVALID", `the event does not name itself in ${names[0]}`);
}

function receiving(database: Database): readonly Route[] {
  const receive = (
    { actor, body, now }: Pick<DirectCall<typeof contract.receiveGithub>, "actor" | "body" | "now">,
    event: string,
    delivery: string,
    facts: EventFacts | null,
  ) =>
    database.inFleet(actor.fleet.id, async (transaction) => {
      const hook = await findHook(transaction, actor.fleet.id, actor.token);
      if (!hook) throw unknownHook(actor.token);
      return receiveEvent(transaction, { hook, fleet: actor.fleet.id, delivery, event, facts, body }, now);
    });
  const github = directRoute(contract.receiveGithub, (call) => {
    const event = nameOf(call.headers, "x-github-event");
    const facts = readPayload(call.body, (payload) => readGithub(event, payload));
    return receive(call, event, nameOf(call.headers, "x-github-delivery"), facts);
  });
  const gitlab = directRoute(contract.receiveGitlab, (call) => {
    let event = "";
    const facts = readPayload(call.body, (payload) => {
      event = kindOfGitlab(payload);
      return readGitlab(payload);
    });
    const delivery = nameOf(call.headers, "webhook-id", "idempotency-key", "x-gitlab-event-uuid");
    return receive(call, event, delivery, facts);
  });
  const statusOf = (answer: unknown): number => {
    const { outcome } = answer as contract.Received;
    return outcome === "unknown" || outcome === "ignored" ? ACCEPTED : 200;
  };
  return [
    { ...withWayIn(github, hookWayIn(database, "github")), statusOf },
    { ...withWayIn(gitlab, hookWayIn(database, "gitlab")), statusOf },
  ];
}

const UUID = /^[\da-f-]{36}$/;

const LOOKING: readonly Route[] = [
  route(contract.listDeliveries, async ({ transaction, actor, query: { cursor, ...query } }) => {
    const [at, delivery] = readCursor(cursor);
    const before = typeof at === "number" && typeof delivery === "string" ? { at, delivery } : null;
    const rows = await listDeliveries(transaction, actor.fleet.id, {
      limit: query.limit,
      hook: query.hook !== undefined && UUID.test(query.hook) ? query.hook : undefined,
      outcome: query.outcome,
      before,
    });
    return pageOf(rows, {
      limit: query.limit,
      position: (row) => [row.received_at, row.delivery],
      view: ({ received_at, ...row }) => ({ ...row, received_at: utcTimestamp(received_at) }),
    });
  }),
  route(contract.listPulls, async ({ transaction, actor, query: { cursor, ...query } }) => {
    const [at, repository, pull] = readCursor(cursor);
    const isPlace = typeof at === "number" && typeof repository === "string" && typeof pull === "number";
    const { repository: only, pull: number, state, without_verdict, since, limit } = query;
    const rows = await listPulls(transaction, actor.fleet.id, {
      repository: only,
      pull: number,
      state,
      without_verdict,
      since,
      limit,
      before: isPlace ? { at, repository, pull } : null,
    });
    const position = (row: (typeof rows)[number]) => [row.updated_at, row.repository, row.pull];
    return pageOf(rows, { limit, position, view: viewPull });
  }),
  route(contract.listRuns, async ({ transaction, actor, query: { cursor, ...query } }) => {
    const [at, run] = readCursor(cursor);
    const before = typeof at === "number" && typeof run === "string" ? { at, run } : null;
    const { repository, head, kind, conclusion, since, limit } = query;
    const rows = await listRuns(transaction, actor.fleet.id, {
      repository,
      head,
      kind,
      conclusion,
      since,
      limit,
      before,
    });
    return pageOf(rows, { limit, position: (row) => [row.created_at, row.run], view: viewRun });
  }),
];

/** What can be asked of, and told by, forges. */
export function forgeRoutes(database: Database): readonly Route[] {
  return [...TRUSTS, ...HOOKS, ...receiving(database), ...LOOKING];
}
