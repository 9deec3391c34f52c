import { z } from "zod";
import { endpoint, instant, optionalPage, page, text } from "../../../platform/endpoint/index.ts";

const EVERYBODY = ["admin", "manager", "agent", "viewer"] as const;
const MAX_VERDICT_BYTES = 8 << 20;
const MAX_TEXT = 65_536;
const MAX_FINDINGS = 20_000;
const MAX_PULL = 2_147_483_647;

/** Text of a verdict. It quotes hostile repositories, so nothing in it is a reason not to keep the verdict. */
const said = z.string().max(MAX_TEXT);
const revision = z.string().min(1).max(300);
const place = z.int().min(1).max(MAX_PULL);

const Finding = z.object({
  rule: z
    .string()
    .max(200)
    .regex(/^[a-z]+\/[a-z]+(-[a-z]+)*$/, "is a rule's name, such as evidence/missing"),
  level: z.enum(["block", "warn", "observe"]),
  message: said,
  file: said.optional(),
  line: place.optional(),
  column: place.optional(),
  hint: said.optional(),
  chain: z.array(said).min(1).max(10_000).optional(),
});

const Guard = z.object({
  guard: z
    .string()
    .max(100)
    .regex(/^[a-z]+(-[a-z]+)*$/, "is a guard's name, such as guard-mcp"),
  verdict: z.enum(["pass", "fail", "not-applicable", "error"]),
  summary: said,
  findings: z.array(Finding).max(MAX_FINDINGS),
});

const Overridden = z.object({ by: said, reason: said, until: said, head: said });

/** `growth-engine/verdict@1`, as schema/verdict.schema.json publishes it. Fields that nobody knows are passed over. */
export const PublishedVerdict = z
  .looseObject({
    schema: z.literal("growth-engine/verdict@1"),
    verdict: z.enum(["pass", "fail", "error"]),
    base: revision.nullable(),
    head: revision,
    rules: revision.nullable(),
    guards: z.array(Guard).min(1).max(50),
    overridden: Overridden.optional(),
    uncounted: z
      .array(z.object({ by: said, why: said }))
      .min(1)
      .max(1_000)
      .optional(),
  })
  .check(({ value, issues }) => {
    const names = value.guards.map(({ guard }) => guard);
    if (new Set(names).size === names.length) return;
    issues.push({ code: "custom", path: ["guards"], message: "name a guard twice", input: value });
  })
  .meta({ description: "What `growth-engine guard --json` printed (schema growth-engine/verdict@1)." });
export type PublishedVerdict = z.output<typeof PublishedVerdict>;

/** What stands behind a verdict: somebody's word, a trusted CI workflow, or the server's own run of the guards. */
export const TRUSTS = ["claimed", "ci", "server"] as const;
export type Trust = (typeof TRUSTS)[number];

const repository = text(200).meta({
  description: "A repository of the fleet, as `fleet repository` lists it.",
});
const pull = z
  .int()
  .min(1)
  .max(MAX_PULL)
  .meta({ description: "Number of the pull request (merge request) that was judged." });

export const VerdictView = z.object({
  id: z.int(),
  repository: z.string(),
  pull: z.int().nullable(),
  head: z.string(),
  base: z.string().nullable(),
  rules: z.string().nullable(),
  verdict: z.enum(["pass", "fail", "error"]),
  guards: z
    .record(z.string(), z.enum(["pass", "fail", "not-applicable", "error"]))
    .meta({ description: "Guard → its answer." }),
  blocking: z.int().meta({ description: "Findings at level block." }),
  trust: z.enum(TRUSTS).meta({
    description:
      "claimed: the word of a token's bearer; ci: a trusted workflow, by its OpenID token; server: the server ran the guards.",
  }),
  brought_by: z.string(),
  workflow: z.string().nullable(),
  run_url: z.string().nullable(),
  published_at: z.string().meta({ description: "RFC 3339" }),
});
export type VerdictView = z.output<typeof VerdictView>;

export const publishVerdict = endpoint({
  name: "guard_publish",
  method: "POST",
  path: "/api/v1/guard",
  says: "Keeps a guard verdict over commits of a repository of the fleet; the same verdict, told again, is kept once.",
  roles: ["admin", "manager", "agent", "ci"],
  maxBytes: MAX_VERDICT_BYTES,
  body: z.strictObject({
    repository,
    verdict: PublishedVerdict,
    pull: pull.optional(),
    run_url: z
      .url({ protocol: /^https?$/ })
      .max(1_000)
      .optional()
      .meta({ description: "The CI run that judged." }),
  }),
  answer: VerdictView.extend({
    repeated: z.boolean().meta({ description: "It was kept before." }),
  }),
});

const query = {
  repository: z.string().max(200).optional(),
  pull: z.coerce.number().int().min(1).max(MAX_PULL).optional(),
  attested: z
    .stringbool()
    .optional()
    .meta({ description: "Only verdicts of trusted CI or of the server itself, nobody's mere word." }),
};

export const listVerdicts = endpoint({
  name: "guard_verdicts",
  method: "GET",
  path: "/api/v1/guard",
  says: "The guard verdicts that were kept, newest first; each says how far it can be trusted.",
  roles: EVERYBODY,
  query: z.strictObject({
    ...optionalPage,
    ...query,
    head: z.string().max(300).optional().meta({ description: "The commit that was judged." }),
    guard: z
      .string()
      .max(100)
      .optional()
      .meta({ description: "Only verdicts in which this guard answered." }),
    verdict: z
      .enum(["pass", "fail", "not-applicable", "error"])
      .optional()
      .meta({ description: "The answer: of the guard, where one is named." }),
    since: instant.optional(),
  }),
  answer: page(VerdictView),
});

export const showVerdict = endpoint({
  name: "guard_show",
  method: "GET",
  path: "/api/v1/guard/verdict/:verdict",
  says: "One kept guard verdict with all of its findings.",
  roles: EVERYBODY,
  params: z.strictObject({ verdict: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }),
  answer: VerdictView.extend({ report: PublishedVerdict }),
});

export const MAX_DAYS = 400;

export const showRates = endpoint({
  name: "guard_rates",
  method: "GET",
  path: "/api/v1/guard/rates",
  says: "How guarding goes: share of passes by guard, the rules that are found most, and how long failures stay unresolved.",
  roles: EVERYBODY,
  query: z.strictObject({
    ...query,
    days: z.coerce.number().int().min(1).max(MAX_DAYS).default(30),
  }),
  answer: z.object({
    since: z.string(),
    verdicts: z.int(),
    attested: z.int().meta({ description: "Of these, brought by trusted CI or made by the server itself." }),
    guards: z.array(
      z.object({
        guard: z.string(),
        passed: z.int(),
        failed: z.int(),
        errors: z.int(),
        not_applicable: z.int(),
        share: z.number().nullable().meta({
          description: "Passed of those that passed, failed or could not tell; null when none did.",
        }),
      }),
    ),
    rules: z.array(
      z.object({
        rule: z.string(),
        level: z.enum(["block", "warn", "observe"]),
        findings: z.int(),
        verdicts: z.int(),
      }),
    ),
    resolution: z.object({
      resolved: z.int().meta({ description: "Failures that a later pass of the same pull request ended." }),
      open: z.int().meta({ description: "Failures that nothing has ended yet." }),
      median_seconds: z.number().nullable(),
      p95_seconds: z.number().nullable(),
    }),
  }),
});
export type Rates = z.output<typeof showRates.answer>;
