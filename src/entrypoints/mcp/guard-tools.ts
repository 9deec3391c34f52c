import { z } from "zod";
import { scanRepository } from "../../features/ban/index.ts";
import { describeFacts, judgeRange as judge, parseRule, refuseLongText } from "../../features/guard/index.ts";
import { openRepository } from "../../platform/git/index.ts";
import type { Tool } from "../../platform/mcp/index.ts";
import { GUARDS } from "../../vocabulary/finding.ts";
import { pageOf, RULES } from "../../vocabulary/rules/index.ts";
import { judgeRange } from "../library/range-verdict.ts";
import { READS, repositoryTool, revision } from "./repository-tool.ts";
import { GuardAnswer, VerdictAnswer } from "./verdict-answers.ts";
import type { Workplace } from "./workplace.ts";

/** A text that is longer is refused in the guards' own words. */
const MAX_TEXT = 1 << 20;

const range = {
  base: revision
    .optional()
    .meta({ description: "Tip of the target branch, whose rules hold; the default branch." }),
  head: revision.optional().meta({ description: "What is judged; HEAD." }),
  text: z
    .string()
    .max(MAX_TEXT)
    .optional()
    .meta({ description: "Pull request text; without it only content is judged." }),
  actor: z
    .string()
    .max(200)
    .optional()
    .meta({ description: "Who opens the pull request, by forge identity." }),
};

function checkTool({ context }: Workplace): Tool {
  return repositoryTool({
    name: "guard_check",
    says: "Judges a range of commits as CI does: may it merge? Each finding names what mends it. Commit first: only commits are judged.",
    input: z.strictObject({ ...range, guards: z.array(z.enum(GUARDS)).min(1).optional() }),
    answer: VerdictAnswer,
    hints: READS,
    run: (query) => judgeRange(context.cwd, query),
  });
}

const Rule = z.object({
  rule: z.string(),
  level: z.string().meta({ description: "Unless the config says otherwise." }),
  says: z.string(),
  mend: z.string(),
  page: z.string(),
});

function explainOne(text: string) {
  const rule = parseRule(text);
  const { level, says, mend } = RULES[rule];
  return { rule: { rule, level, says, mend, page: pageOf(rule) } };
}

async function explainRange(cwd: string, { base, head, text, actor }: z.output<z.ZodObject<typeof range>>) {
  refuseLongText(text ?? null);
  const subject = {
    base: base ?? null,
    head: head ?? "HEAD",
    text: text ?? null,
    actor: actor ?? null,
    mergeGroup: false,
    approvals: [],
  };
  const { report, facts } = await judge(await openRepository(cwd), subject, "all");
  const described = (guard: (typeof GUARDS)[number]) =>
    facts === null ? [] : describeFacts(guard, facts).map(([what, is]) => ({ what, is }));
  return { verdict: report, facts: report.guards.map(({ guard }) => ({ guard, facts: described(guard) })) };
}

function explainTool({ context }: Workplace): Tool {
  return repositoryTool({
    name: "guard_explain",
    says: "What a rule means and what mends it; or, without a rule, which facts decided the verdict over a range.",
    input: z.strictObject({
      rule: z.string().max(200).optional().meta({ description: "Such as evidence/missing." }),
      ...range,
    }),
    answer: z.object({
      rule: Rule.optional(),
      verdict: VerdictAnswer.optional(),
      facts: z
        .array(
          z.object({ guard: z.enum(GUARDS), facts: z.array(z.object({ what: z.string(), is: z.string() })) }),
        )
        .optional(),
    }),
    hints: READS,
    run: async ({ rule, ...query }) =>
      rule === undefined ? explainRange(context.cwd, query) : explainOne(rule),
  });
}

function banTool({ context }: Workplace): Tool {
  return repositoryTool({
    name: "ban_scan",
    says: "Searches the working tree for development-only MCP servers that production code holds or reaches.",
    input: z.strictObject({
      head: revision.optional().meta({ description: "A revision instead of the working tree." }),
      staged: z.boolean().optional().meta({ description: "The index instead of the working tree." }),
    }),
    answer: GuardAnswer,
    hints: READS,
    run: async (query) => scanRepository(await openRepository(context.cwd), query, context),
  });
}

/** Whether this checkout may be merged, and why. */
export function guardTools(place: Workplace): Tool[] {
  return [checkTool(place), explainTool(place), banTool(place)];
}
