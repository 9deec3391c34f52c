import { z } from "zod";
import { endpoint, name, optionalPage, page, text } from "../../../../platform/endpoint/index.ts";

export const RecordView = z.object({
  repository: z.string(),
  file: z.string(),
  number: z.int().meta({ description: "Where the line stood when it was brought first." }),
  agent: z.string().meta({ description: "Whose folder it is." }),
  task: z.string(),
  status: z.string(),
  at: z.string().meta({ description: "The line's own time, RFC 3339." }),
  progress: z.string().nullable(),
  session: z.string().nullable(),
  brought_by: z.string(),
  brought_at: z.string(),
  gone_at: z.string().nullable().meta({ description: "Since when no checkout holds it any more." }),
});
export type RecordView = z.output<typeof RecordView>;

export const listRecords = endpoint({
  name: "heartbeat_records",
  method: "GET",
  path: "/api/v1/heartbeat/record",
  says: "Heartbeat lines of record files, newest first, as checkouts brought them. Live beats are another thing: heartbeat_live.",
  roles: ["admin", "manager", "agent", "viewer"],
  query: z.strictObject({
    ...optionalPage,
    repository: text(200).optional(),
    agent: name(64).optional(),
    task: text(200).optional(),
  }),
  answer: page(RecordView),
});
