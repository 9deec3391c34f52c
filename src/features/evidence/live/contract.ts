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

const OUTCOME = ["ok", "error", "denied"] as const;
const MAX_TOLD = 500;
const said = z.string().min(1).max(20_000);

const Told = z
  .strictObject({
    tool: said.meta({ description: "What was asked, such as context7." }),
    doc_ref: said.meta({ description: "What was read: an address, or repo:<path>." }),
    purpose: said.meta({ description: "What for." }),
    agent: name(64).optional().meta({ description: "Whose work it is: the token's agent and nobody else." }),
    request_id: said.optional().meta({ description: "Names the request; made up where it is left out." }),
    timestamp: instant.optional(),
    task: said.optional(),
    session: said.optional(),
    server: said.optional(),
    outcome: z.enum(OUTCOME).optional(),
    duration_ms: z.number().min(0).optional(),
  })
  .meta({ description: "An evidence line without what can be filled in." });

export const tellEvidence = endpoint({
  name: "evidence_add",
  method: "POST",
  path: "/api/v1/evidence",
  says: "Keeps what was consulted, for an agent whose checkout the caller cannot write to. Append each answered line to its file in the checkout, so that it travels with the code: guards read files alone, and a line that is synced later is the same line.",
  roles: ["admin", "manager", "agent"],
  body: z.strictObject({
    repository: text(200).meta({
      description: "A repository of the fleet, as fleet_list_repositories names it.",
    }),
    lines: z.array(Told).min(1).max(MAX_TOLD),
    topic: text(80)
      .optional()
      .meta({ description: "Name of the file; the tool of each line where it is left out." }),
  }),
  answer: z.object({
    written: z.array(
      z.object({
        file: z.string().meta({ description: "From the top of the repository." }),
        line: z.string().meta({ description: "The whole line, without its end." }),
        entry: z.looseObject({}),
      }),
    ),
    redacted: z.array(z.string()).meta({ description: "Secrets that were taken out." }),
    received: z.int().meta({ description: "Lines that are new to the control plane." }),
    receipts: z.array(z.object({ file: z.string(), line: z.string() })).meta({
      description: "Signed receipts; append each line to its file in the checkout, as those above.",
    }),
  }),
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
