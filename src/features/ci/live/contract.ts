import { z } from "zod";
import { endpoint } from "../../../platform/endpoint/index.ts";

const count = z.int();
const share = z
  .number()
  .nullable()
  .meta({ description: "Failed of those that ended well or failed; null when none did." });
const seconds = z.number().nullable();

export const CiHealth = z.object({
  since: z.string().meta({ description: "RFC 3339" }),
  runs: count.meta({ description: "Runs that ended well or failed. Each attempt counts." }),
  failed: count.meta({ description: "Failure, timed out, or could not start." }),
  cancelled: count.meta({
    description: "Not among the runs: most are cancelled because a newer commit came.",
  }),
  share,
  median_seconds: seconds,
  p95_seconds: seconds,
  plugin: count.meta({
    description:
      "Of the failed: builds in whose text a rule ban/… of the bundler plugin stands, or with a finding ban/bundle over their commit.",
  }),
  guards: count.meta({ description: "Of the failed: those in which a guard's own check or job said no." }),
  causes: z
    .array(
      z.object({
        repository: z.string(),
        name: z.string().meta({ description: "The job or check that failed." }),
        step: z.string().nullable(),
        conclusion: z.string(),
        times: count,
        last_at: z.string(),
        rules: z.array(z.string()),
      }),
    )
    .meta({ description: "What failed most often, most often first." }),
  workflows: z.array(
    z.object({
      repository: z.string(),
      workflow: z.string(),
      runs: count,
      failed: count,
      share,
      median_seconds: seconds,
      p95_seconds: seconds,
      last: z.string().meta({ description: "How the newest run ended." }),
      last_at: z.string(),
    }),
  ),
  weeks: z.array(
    z.object({
      week: z.string().meta({ description: "Its Monday, UTC." }),
      runs: count,
      failed: count,
      share,
      median_seconds: seconds,
    }),
  ),
});
export type CiHealth = z.output<typeof CiHealth>;

export const showHealth = endpoint({
  name: "ci_health",
  method: "GET",
  path: "/api/v1/ci",
  says: "How CI goes over time: share, duration and causes of failed runs, by workflow and week, with those that our guards and bundler plugin failed.",
  roles: ["admin", "manager", "agent", "viewer"],
  query: z.strictObject({
    days: z.coerce.number().int().min(1).max(400).default(30),
    repository: z.string().max(200).optional(),
  }),
  answer: CiHealth,
});
