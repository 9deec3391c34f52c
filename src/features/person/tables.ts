import type { OptionalInstant } from "../../platform/database/index.ts";

/** The tables of this feature as Kysely sees them. */
export type PersonTables = {
  person_people: {
    fleet_id: string;
    handle: string;
    name: string;
    roles: string[];
    contacts: unknown;
    left_at: OptionalInstant;
  };
  person_teams: { fleet_id: string; handle: string; name: string };
  person_members: { fleet_id: string; team: string; person: string };
  person_ownerships: {
    fleet_id: string;
    kind: string;
    target: string;
    person: string | null;
    team: string | null;
  };
};
