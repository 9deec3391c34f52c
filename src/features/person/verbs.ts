import { openClient, type ServerChoice, show, showList } from "../../platform/client/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";
import type { ExitCode } from "../../vocabulary/exit-code.ts";
import type * as contract from "./contract.ts";
import type { OwnershipView, PersonView } from "./contract.ts";

export interface PersonOptions extends ServerChoice {
  name: string;
  role?: string[];
  contact?: string[];
}
export interface ListOptions extends ServerChoice {
  role?: string;
}
export interface TeamOptions extends ServerChoice {
  name?: string;
  members?: string[];
}
export interface OwnersOptions extends ServerChoice {
  path?: string;
}

type Contact = PersonView["contacts"][number];

function contactOf(text: string): Contact {
  const [, kind, address] = /^(\w+):(.+)$/s.exec(text) ?? [];
  if (kind && address) return { kind: kind as Contact["kind"], address };
  throw new Refusal("INPUT_INVALID", `${text} is no contact`, { hint: "--contact email:jo@example.com" });
}

const reach = ({ contacts }: PersonView): string =>
  contacts.map(({ kind, address }) => `${kind}:${address}`).join(" ");

const PEOPLE = {
  none: "nobody yet: growth-engine person set <handle> --name <name>",
  columns: {
    person: ({ handle }: PersonView) => handle,
    name: ({ name }: PersonView) => name,
    roles: ({ roles }: PersonView) => roles.join(", "),
    teams: ({ teams }: PersonView) => teams.join(", "),
    contacts: reach,
  },
};

export async function setPerson(
  handle: string,
  options: PersonOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const body = {
    name: options.name,
    roles: options.role ?? [],
    contacts: (options.contact ?? []).map(contactOf),
  };
  const person = await client.ask<typeof contract.putPerson>("PUT /api/v1/person/:handle", {
    params: { handle },
    body,
  });
  return show(context, options, person, `${person.handle} is ${person.name}`);
}

export async function listPeople(options: ListOptions, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const query = options.role === undefined ? {} : { role: options.role };
  const items = await client.all<typeof contract.listPeople>("GET /api/v1/person", { query });
  return showList(context, options, items, PEOPLE);
}

export async function leavePerson(
  handle: string,
  options: ServerChoice,
  context: CommandContext,
): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const person = await client.ask<typeof contract.leavePerson>("POST /api/v1/person/:handle/leave", {
    params: { handle },
  });
  return show(context, options, person, `${person.handle} left, and is in no team`);
}

/** Makes or changes the team that is named, else lists them. */
export async function teams(
  handle: string | undefined,
  options: TeamOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  if (handle === undefined) {
    const { items } = await client.ask<typeof contract.listTeams>("GET /api/v1/person/team");
    return showList(context, options, items, {
      none: "no team yet: growth-engine person team <handle> --members …",
      columns: {
        team: (team) => team.handle,
        name: ({ name }) => name,
        members: ({ members }) => members.join(", "),
      },
    });
  }
  const body = { name: options.name ?? handle, members: options.members ?? [] };
  const team = await client.ask<typeof contract.putTeam>("PUT /api/v1/person/team/:handle", {
    params: { handle },
    body,
  });
  return show(context, options, team, `the team ${team.handle} is ${team.members.join(", ")}`);
}

/** Gives something to an owner; to `nobody` takes it away. */
export async function own(
  { owner, kind, target }: { owner: string; kind: string; target: string },
  options: ServerChoice,
  context: CommandContext,
): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const thing = { kind: kind as OwnershipView["kind"], target };
  if (owner === "nobody") {
    const dropped = await client.ask<typeof contract.dropOwnership>("POST /api/v1/person/ownership/drop", {
      body: thing,
    });
    return show(context, options, dropped, `${dropped.owner} does not own the ${kind} ${target} any more`);
  }
  const given = await client.ask<typeof contract.putOwnership>("PUT /api/v1/person/ownership", {
    body: { ...thing, owner },
  });
  return show(context, options, given, `${given.owner} owns the ${kind} ${target}`);
}

/** All ownerships, or who owns a repository or a file of it. */
export async function owners(
  repository: string | undefined,
  options: OwnersOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  if (repository === undefined) {
    const { items } = await client.ask<typeof contract.listOwnerships>("GET /api/v1/person/ownership");
    return showList(context, options, items, {
      none: "nothing is owned yet: growth-engine person own <owner> <kind> <target>",
      columns: { kind: (row) => row.kind, target: (row) => row.target, owner: (row) => row.owner },
    });
  }
  const query = { repository, ...(options.path === undefined ? {} : { path: options.path }) };
  const found = await client.ask<typeof contract.findOwners>("GET /api/v1/person/owner", { query });
  if (options.json) return show(context, options, found, "");
  return showList(context, options, found.people, {
    ...PEOPLE,
    none: `nobody owns ${options.path ?? repository}`,
  });
}
