import { z } from "zod";
import { endpoint, instant, optionalPage, page } from "../../../platform/endpoint/index.ts";

export {
  addHook,
  HookView,
  type ListedHook,
  listDeliveries,
  listHooks,
  NewHook,
  OUTCOMES,
  type Received,
  receiveGithub,
  receiveGitlab,
  removeHook,
  rotateHook,
} from "./hook/contract.ts";
export { addTrust, ISSUERS, listTrusts, removeTrust, TrustView } from "./trust/contract.ts";

const EVERYBODY = ["admin", "manager", "agent", "viewer"] as const;
const MAX_PULL = 2_147_483_647;

export const PullView = z.object({
  repository: z.string(),
  pull: z.int(),
  title: z.string(),
  author: z.string(),
  state: z.enum(["open", "closed", "merged"]),
  is_draft: z.boolean(),
  head: z.string(),
  head_ref: z.string(),
  base_ref: z.string(),
  from_fork: z.boolean(),
  url: z.string(),
  opened_at: z.string().meta({ description: "RFC 3339" }),
  merged_at: z.string().nullable(),
  updated_at: z.string(),
  approvals: z.int().meta({ description: "Reviewers whose approval of the head stands." }),
  changes_requested: z.int(),
  verdict: z.enum(["pass", "fail", "error"]).nullable().meta({
    description:
      "Of the newest guard verdict over the head that trusted CI or the server itself gave; null when there is none.",
  }),
  claimed: z
    .enum(["pass", "fail", "error"])
    .nullable()
    .meta({ description: "Of the newest verdict over the head that somebody merely claimed." }),
  reading: z
    .string()
    .nullable()
    .meta({ description: "How the server's own reading of a fork's pull request ended." }),
});
export type PullView = z.output<typeof PullView>;

export const listPulls = endpoint({
  name: "forge_pulls",
  method: "GET",
  path: "/api/v1/forge/pull",
  says: "Pull requests as the forge told of them, newest first, each with its approvals and the guard verdict over its head.",
  roles: EVERYBODY,
  query: z.strictObject({
    ...optionalPage,
    repository: z.string().max(200).optional(),
    pull: z.coerce.number().int().min(1).max(MAX_PULL).optional(),
    state: z.enum(["open", "closed", "merged"]).optional(),
    without_verdict: z.stringbool().optional().meta({
      description:
        "Only those whose head no attested verdict passed: with state=merged, what was merged past the guards.",
    }),
    since: instant.optional().meta({ description: "Changed since then, by the forge's clock." }),
  }),
  answer: page(PullView),
});

export const RUN_KINDS = ["workflow", "job", "suite", "check", "status"] as const;

export const RunView = z.object({
  repository: z.string(),
  kind: z.enum(RUN_KINDS),
  run: z.string(),
  attempt: z.int(),
  name: z.string(),
  workflow: z.string().nullable(),
  head: z.string(),
  head_ref: z.string().nullable(),
  status: z.enum(["waiting", "running", "completed"]),
  conclusion: z.string().nullable(),
  created_at: z.string().meta({ description: "RFC 3339" }),
  started_at: z.string().nullable(),
  completed_at: z.string().nullable(),
  seconds: z.number().nullable(),
  failed_step: z.string().nullable(),
  says: z.string().nullable(),
  rules: z.array(z.string()).meta({ description: "Rules of Growth Engine that its text names." }),
  url: z.string().nullable(),
});
export type RunView = z.output<typeof RunView>;

export const listRuns = endpoint({
  name: "forge_runs",
  method: "GET",
  path: "/api/v1/forge/run",
  says: "CI runs, jobs, checks and statuses as the forge told of them, newest first.",
  roles: EVERYBODY,
  query: z.strictObject({
    ...optionalPage,
    repository: z.string().max(200).optional(),
    head: z.string().max(64).optional(),
    kind: z.enum(RUN_KINDS).optional(),
    conclusion: z.string().max(100).optional(),
    since: instant.optional(),
  }),
  answer: page(RunView),
});
