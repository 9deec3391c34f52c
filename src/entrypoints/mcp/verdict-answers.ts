import { z } from "zod";
import { GUARDS } from "../../vocabulary/finding.ts";

/** One thing that a guard saw (contract §3). */
const FindingAnswer = z.looseObject({
  rule: z.string(),
  level: z.enum(["block", "warn", "observe"]),
  message: z.string(),
  file: z.string().optional(),
  line: z.number().optional(),
  hint: z.string().optional().meta({ description: "What mends it." }),
});

/** The answer of one guard. */
export const GuardAnswer = z.looseObject({
  guard: z.enum(GUARDS),
  verdict: z.enum(["pass", "fail", "not-applicable", "error"]),
  summary: z.string(),
  findings: z.array(FindingAnswer),
});

/** The answer of all guards together: could-not-tell is `error`, never a pass. */
export const VerdictAnswer = z.looseObject({
  schema: z.string(),
  verdict: z.enum(["pass", "fail", "error"]),
  base: z.string().nullable(),
  head: z.string(),
  rules: z.string().nullable(),
  guards: z.array(GuardAnswer),
});
