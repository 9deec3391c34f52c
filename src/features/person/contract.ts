import { z } from "zod";
import { endpoint, name, optionalPage, page, text } from "../../platform/endpoint/index.ts";

const READERS = ["admin", "manager", "agent", "viewer"] as const;
const WRITERS = ["admin", "manager"] as const;

/** A handle is typed on command lines and stands in configs. */
const handle = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?$/, "is 1 to 64 of a-z, 0-9 and ._- between them");

/** Ways to reach somebody that the notifications know. */
export const CONTACT_KINDS = [
  "email",
  "phone",
  "slack",
  "discord",
  "teams",
  "pagerduty",
  "webhook",
  "github",
] as const;

const MAX_CONTACTS = 20;
const MAX_ROLES = 20;

export const Contact = z.strictObject({ kind: z.enum(CONTACT_KINDS), address: text(500) });

export const PersonView = z.object({
  handle: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
  contacts: z.array(Contact),
  teams: z.array(z.string()),
  left_at: z
    .string()
    .nullable()
    .meta({ description: "RFC 3339; null while the person belongs to the fleet" }),
});
export type PersonView = z.output<typeof PersonView>;

export const putPerson = endpoint({
  name: "person_set",
  method: "PUT",
  path: "/api/v1/person/:handle",
  says: "Makes a person, or says anew who one is and how to reach them.",
  roles: WRITERS,
  params: z.strictObject({ handle }),
  body: z.strictObject({
    name: text(200),
    roles: z.array(name(64)).max(MAX_ROLES).default([]),
    contacts: z.array(Contact).max(MAX_CONTACTS).default([]),
  }),
  answer: PersonView,
});

export const listPeople = endpoint({
  name: "person_list",
  method: "GET",
  path: "/api/v1/person",
  says: "The people of the fleet, by handle.",
  roles: READERS,
  query: z.strictObject({ ...optionalPage, role: name(64).optional() }),
  answer: page(PersonView),
});

export const leavePerson = endpoint({
  name: "person_leave",
  method: "POST",
  path: "/api/v1/person/:handle/leave",
  says: "Says that a person left; refused while they own something or are a team's last member.",
  roles: WRITERS,
  params: z.strictObject({ handle }),
  body: z.strictObject({}).optional(),
  answer: PersonView,
});

export const TeamView = z.object({ handle: z.string(), name: z.string(), members: z.array(z.string()) });
export type TeamView = z.output<typeof TeamView>;

const MAX_MEMBERS = 500;

export const putTeam = endpoint({
  name: "person_set_team",
  method: "PUT",
  path: "/api/v1/person/team/:handle",
  says: "Makes a team, or says anew who belongs to one.",
  roles: WRITERS,
  params: z.strictObject({ handle }),
  body: z.strictObject({ name: text(200), members: z.array(handle).min(1).max(MAX_MEMBERS) }),
  answer: TeamView,
});

export const listTeams = endpoint({
  name: "person_list_teams",
  method: "GET",
  path: "/api/v1/person/team",
  says: "The teams of the fleet and their members.",
  roles: READERS,
  answer: z.object({ items: z.array(TeamView) }),
});

/** What can be owned. A path is a glob within a repository, written `<repository>:<glob>`. */
export const OWNABLE = ["agent", "repository", "path", "component"] as const;

export const OwnershipView = z.object({
  kind: z.enum(OWNABLE),
  target: z.string(),
  owner: z.string().meta({ description: "`person:<handle>` or `team:<handle>`" }),
});
export type OwnershipView = z.output<typeof OwnershipView>;

const owner = z.string().regex(/^(person|team):[a-z0-9._-]{1,64}$/, "is person:<handle> or team:<handle>");
const target = text(500);
/** Globs run against every file that is asked about: nothing in them may make that slow. */
const PATH = /^[^:]+:(?=[^()[\]{}!|+@]+$)([^*]*[*]){0,8}[^*]*$/;

export const putOwnership = endpoint({
  name: "person_own",
  method: "PUT",
  path: "/api/v1/person/ownership",
  says: "Says who owns an agent, a repository, paths or a component; who owned it before does no more.",
  roles: WRITERS,
  body: z
    .strictObject({ kind: z.enum(OWNABLE), target, owner })
    .refine(({ kind, target }) => kind !== "path" || PATH.test(target), {
      path: ["target"],
      message: "is <repository>:<glob>, the glob without brackets and with at most 8 stars",
    }),
  answer: OwnershipView,
});

export const dropOwnership = endpoint({
  name: "person_disown",
  method: "POST",
  path: "/api/v1/person/ownership/drop",
  says: "Says that nobody owns something any more.",
  roles: WRITERS,
  body: z.strictObject({ kind: z.enum(OWNABLE), target }),
  answer: OwnershipView,
});

export const listOwnerships = endpoint({
  name: "person_list_ownerships",
  method: "GET",
  path: "/api/v1/person/ownership",
  says: "What is owned by whom.",
  roles: READERS,
  query: z.strictObject({ kind: z.enum(OWNABLE).optional(), owner: owner.optional() }),
  answer: z.object({ items: z.array(OwnershipView) }),
});

export const findOwners = endpoint({
  name: "person_find_owners",
  method: "GET",
  path: "/api/v1/person/owner",
  says: "Who owns a file of a repository: the most exact path, else the repository; with the people behind teams.",
  roles: READERS,
  query: z.strictObject({ repository: text(200), path: text(1000).optional() }),
  answer: z.object({ ownership: OwnershipView.nullable(), people: z.array(PersonView) }),
});
