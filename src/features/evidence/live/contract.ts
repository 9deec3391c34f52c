import { z } from "zod";
import { endpoint, instant, name, optionalPage, page, text } from "../../../platform/endpoint/index.ts";

const EVERYBODY = ["admin", "manager", "agent", "viewer"] as const;

export const KeptLineView = z.object({
  repository: z.string(),
  file: z.string(),
  number: z.int().meta({ description: "Where the line stood when it was brought first." }),
  sum: z.string().meta({ description: "SHA-256 of the line as it stood in the file, without its end." }),
  agent: z.string().meta({ description: "Whose folder it is." }),
  day: z.string(),
  at: z.string().meta({ description: "The line's own time, RFC 3339." }),
  tool: z.string(),
  doc_ref: z.string(),
  request_id: z.string(),
  task: z.string().nullable(),
  session: z.string().nullable(),
  outcome: z.string().nullable(),
  entry: z.record(z.string(), z.unknown()).meta({ description: "The whole line, without secrets." }),
  brought_by: z.string(),
  brought_at: z.string(),
  gone_at: z.string().nullable().meta({ description: "Since when no checkout holds it any more." }),
});
export type KeptLineView = z.output<typeof KeptLineView>;

export const listKept = endpoint({
  name: "evidence_kept",
  method: "GET",
  path: "/api/v1/evidence",
  says: "Evidence lines that the control plane keeps, newest first: what agents consulted, in which file, and who brought it.",
  roles: EVERYBODY,
  query: z.strictObject({
    ...optionalPage,
    repository: text(200).optional(),
    agent: name(64).optional(),
    task: text(200).optional(),
    tool: text(200).optional(),
    session: text(200).optional(),
    since: instant.optional(),
    until: instant.optional(),
    gone: z
      .enum(["without", "only", "with"])
      .default("with")
      .meta({ description: "Lines that no checkout holds any more." }),
  }),
  answer: page(KeptLineView),
});

export const ToolUse = z.object({
  agent: z.string(),
  repository: z.string(),
  tool: z.string(),
  lines: z.int(),
  tasks: z.int().meta({ description: "Tasks that the lines name." }),
  errors: z.int().meta({ description: "Lines whose outcome is not ok." }),
  last_at: z.string(),
});
export type ToolUse = z.output<typeof ToolUse>;

const DAYS = 7;

export const showUse = endpoint({
  name: "evidence_use",
  method: "GET",
  path: "/api/v1/evidence/use",
  says: "What agents consulted in the last days: lines, tasks and failures by agent, repository and tool.",
  roles: EVERYBODY,
  query: z.strictObject({
    days: z.coerce.number().int().min(1).max(366).default(DAYS).meta({ description: "How far back." }),
  }),
  answer: z.object({ items: z.array(ToolUse) }),
});
