import type { Transaction } from "../../platform/database/index.ts";
import { pageOf, textIn } from "../../platform/endpoint/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import { type Route, route } from "../../platform/server/index.ts";
import * as contract from "./contract.ts";
import { findOwners } from "./find-owners.ts";
import { leave } from "./leave.ts";
import { deleteOwnership, listOwnerships, upsertOwnership } from "./ownership-store.ts";
import { findPerson, listPeople, upsertPerson } from "./people-store.ts";
import { refuseOwnership, refuseUnknownPeople } from "./refuse-owner.ts";
import { listTeams, upsertTeam } from "./team-store.ts";

async function person(transaction: Transaction, handle: string): Promise<contract.PersonView> {
  return (await findPerson(transaction, handle)) as contract.PersonView;
}

const PEOPLE: readonly Route[] = [
  route(contract.putPerson, async ({ transaction, actor, params, body }) => {
    await upsertPerson(transaction, actor.fleet.id, { ...params, ...body });
    return person(transaction, params.handle);
  }),
  route(contract.listPeople, async ({ transaction, query }) => {
    const { role, limit, cursor } = query;
    const rows = await listPeople(transaction, { role, after: textIn(cursor), limit });
    return pageOf(rows, { limit, position: ({ handle }) => [handle], view: (row) => row });
  }),
  route(contract.leavePerson, ({ transaction, params, now }) => leave(transaction, params.handle, now)),
];

const TEAMS: readonly Route[] = [
  route(contract.putTeam, async ({ transaction, actor, params, body }) => {
    await refuseUnknownPeople(transaction, body.members);
    const members = [...new Set(body.members)].sort();
    await upsertTeam(transaction, actor.fleet.id, { ...params, name: body.name, members });
    return { ...params, name: body.name, members };
  }),
  route(contract.listTeams, async ({ transaction }) => ({ items: await listTeams(transaction) })),
];

const OWNERSHIPS: readonly Route[] = [
  route(contract.putOwnership, async ({ transaction, actor, body }) => {
    await refuseOwnership(transaction, body);
    return upsertOwnership(transaction, actor.fleet.id, body);
  }),
  route(contract.dropOwnership, async ({ transaction, body }) => {
    const dropped = await deleteOwnership(transaction, body);
    if (dropped) return dropped;
    throw new Refusal("PERSON_UNKNOWN", `nobody owns the ${body.kind} ${body.target}`, {
      hint: "growth-engine person owners",
    });
  }),
  route(contract.listOwnerships, async ({ transaction, query }) => ({
    items: await listOwnerships(transaction, { kind: query.kind, owner: query.owner }),
  })),
  route(contract.findOwners, ({ transaction, query }) =>
    findOwners(transaction, { repository: query.repository, path: query.path }),
  ),
];

/** What can be asked about people, teams and what they own. */
export const PERSON_ROUTES: readonly Route[] = [...PEOPLE, ...TEAMS, ...OWNERSHIPS];
