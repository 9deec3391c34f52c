import { z } from "zod";
import { endpoint, name, optionalPage, page, text } from "../../platform/endpoint/index.ts";

export const FleetView = z.object({
  name: z.string(),
  created_at: z.string().meta({ description: "RFC 3339" }),
});
export type FleetView = z.output<typeof FleetView>;

export const RepositoryView = z.object({
  name: z.string(),
  url: z.string().nullable(),
  created_at: z.string(),
});
export type RepositoryView = z.output<typeof RepositoryView>;

export const addFleet = endpoint({
  name: "fleet_add",
  method: "POST",
  path: "/api/v1/fleet",
  says: "Makes a fleet.",
  roles: ["admin"],
  body: z.strictObject({ name: name(64) }),
  answer: FleetView,
  status: 201,
});

export const listFleets = endpoint({
  name: "fleet_list",
  method: "GET",
  path: "/api/v1/fleet",
  says: "All fleets for an admin, the caller's own for everybody else.",
  roles: ["admin", "manager", "agent", "viewer"],
  query: z.strictObject(optionalPage),
  answer: page(FleetView),
});

export const removeFleet = endpoint({
  name: "fleet_remove",
  method: "POST",
  path: "/api/v1/fleet/:fleet/remove",
  says: "Removes a fleet with everything in it but its audit. Not the fleet of the caller's own token.",
  roles: ["admin"],
  params: z.strictObject({ fleet: name(64) }),
  body: z.strictObject({ confirm: z.string().meta({ description: "The fleet's name once more." }) }),
  answer: FleetView,
});

export const addRepository = endpoint({
  name: "fleet_add_repository",
  method: "POST",
  path: "/api/v1/fleet/repository",
  says: "Adds a repository that the fleet works on.",
  roles: ["admin", "manager"],
  body: z.strictObject({ name: text(200), url: z.url().max(1000).optional() }),
  answer: RepositoryView,
  status: 201,
});

export const listRepositories = endpoint({
  name: "fleet_list_repositories",
  method: "GET",
  path: "/api/v1/fleet/repository",
  says: "The repositories of the fleet.",
  roles: ["admin", "manager", "agent", "viewer"],
  answer: z.object({ items: z.array(RepositoryView) }),
});
