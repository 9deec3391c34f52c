import { z } from "zod";
import { endpoint, optionalPage, page } from "../../platform/endpoint/index.ts";

export const EntryView = z.object({
  at: z.string().meta({ description: "RFC 3339" }),
  actor: z.string(),
  action: z.string(),
  target: z.string(),
  result: z.string(),
  address: z.string(),
});
export type EntryView = z.output<typeof EntryView>;

const query = z.strictObject({
  ...optionalPage,
  actor: z.string().max(300).optional(),
  action: z.string().max(100).optional(),
});

export const listEntries = endpoint({
  name: "audit_list",
  method: "GET",
  path: "/api/v1/audit",
  says: "What was done and refused in this fleet, newest first.",
  roles: ["admin", "manager", "viewer"],
  query,
  answer: page(EntryView),
});

export const listServerEntries = endpoint({
  name: "audit_list_server",
  method: "GET",
  path: "/api/v1/audit/server",
  says: "The same for the whole server, with the callers that nobody knows.",
  roles: ["admin"],
  query,
  answer: page(EntryView.extend({ fleet: z.string().nullable() })),
});
