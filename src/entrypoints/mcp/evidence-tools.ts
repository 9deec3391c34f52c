import { z } from "zod";
import type { Tool } from "../../platform/mcp/index.ts";
import {
  addEvidence,
  type EvidenceEntry,
  listEvidence,
  measureCoverage,
  verifyEvidence,
} from "../library/evidence-records.ts";
import { writeSection } from "../library/range-verdict.ts";
import { READS, repositoryTool, revision } from "./repository-tool.ts";
import { GuardAnswer } from "./verdict-answers.ts";
import type { Workplace } from "./workplace.ts";

const text = z.string().min(1).max(20_000);
const date = z.string().max(10).meta({ description: "YYYY-MM-DD" });
const MAX_LINES = 1_000;

const Entry = z.looseObject({
  tool: text.meta({ description: "What was asked, such as context7." }),
  doc_ref: text.meta({ description: "What was read: an address, or repo:<path>." }),
  purpose: text.meta({ description: "What for." }),
  agent: text.optional().meta({ description: "Who; the agent of this process where it is left out." }),
  task: text.optional(),
  outcome: z.enum(["ok", "error", "denied"]).optional(),
});

const Written = z.object({ file: z.string(), line: z.number().nullable(), entry: z.looseObject({}) });

function addTool({ context }: Workplace, whoAmI: () => Promise<string | undefined>): Tool {
  return repositoryTool({
    name: "evidence_add",
    says: "Records what was consulted, as append-only lines of this checkout; commit them with the change. Secrets are taken out first.",
    input: z.strictObject({
      lines: z.array(Entry).min(1).max(MAX_LINES),
      topic: text
        .optional()
        .meta({ description: "Name of the file; the tool of each line where it is left out." }),
    }),
    answer: z.object({
      written: z.array(Written),
      redacted: z.array(z.string()).meta({ description: "Secrets that were taken out." }),
      advice: z.array(z.string()),
    }),
    run: async ({ lines, topic }) => {
      const agent = lines.every((line) => line.agent !== undefined) ? undefined : await whoAmI();
      return addEvidence(context.cwd, lines as EvidenceEntry[], { agent, topic });
    },
  });
}

function listTool({ context }: Workplace): Tool {
  return repositoryTool({
    name: "evidence_list",
    says: "The newest valid evidence lines of this checkout, in time order.",
    input: z.strictObject({
      agent: text.optional(),
      task: text.optional(),
      tool: text.optional(),
      since: date.optional(),
      until: date.optional(),
      head: revision.optional().meta({ description: "A revision instead of the working tree." }),
      limit: z.int().min(1).max(MAX_LINES).default(100),
    }),
    answer: z.object({
      items: z.array(
        z.object({
          file: z.string(),
          archive: z.string().optional(),
          line: z.number(),
          entry: z.looseObject({}),
        }),
      ),
      unread: z.number().meta({ description: "Lines and files with mistakes; evidence_verify names them." }),
      redacted: z.number(),
    }),
    hints: READS,
    run: async (query) => {
      const { lines, ...leftOut } = await listEvidence(context.cwd, query);
      return { items: lines, ...leftOut };
    },
  });
}

function verifyTool({ context }: Workplace): Tool {
  return repositoryTool({
    name: "evidence_verify",
    says: "Checks every evidence file of this checkout: each finding with its line and what mends it.",
    input: z.strictObject({
      head: revision.optional().meta({ description: "A revision instead of the working tree." }),
      paths: z.array(text).max(100).optional().meta({ description: "Only these files and folders." }),
    }),
    answer: GuardAnswer,
    hints: READS,
    run: (query) => verifyEvidence(context.cwd, query),
  });
}

const share = z.object({ name: z.string(), changed: z.number(), covered: z.number() });
const witness = z.object({ name: z.string(), files: z.number(), lines: z.number() });

function coverageTool({ context }: Workplace): Tool {
  return repositoryTool({
    name: "evidence_coverage",
    says: "Which changed code files have evidence, over the commits that head adds to base, or over the last days.",
    input: z.strictObject({
      base: revision.optional().meta({ description: "Tip of the target branch; the default branch." }),
      head: revision.optional(),
      days: z.int().min(1).max(10_000).optional().meta({ description: "Instead of base." }),
    }),
    answer: z.looseObject({
      range: z.string(),
      commits: z.number(),
      changed: z.number(),
      covered: z.number(),
      percent: z.number().nullable(),
      byFolder: z.array(share),
      byAgent: z.array(witness),
      byTool: z.array(witness),
      uncovered: z.array(z.object({ file: z.string(), commit: z.string() })),
    }),
    hints: READS,
    run: (query) => measureCoverage(context.cwd, query),
  });
}

function sectionTool({ context }: Workplace): Tool {
  return repositoryTool({
    name: "evidence_section",
    says: "Writes the three sections of a pull request text from what the commits hold; use the text as it is.",
    input: z.strictObject({ base: revision.optional(), head: revision.optional() }),
    answer: z.looseObject({ text: z.string(), codeChanged: z.boolean(), evidence: z.array(z.string()) }),
    hints: READS,
    run: (query) => writeSection(context.cwd, query),
  });
}

/** What was consulted, in this checkout. */
export function evidenceTools(place: Workplace, whoAmI: () => Promise<string | undefined>): Tool[] {
  return [
    addTool(place, whoAmI),
    listTool(place),
    verifyTool(place),
    coverageTool(place),
    sectionTool(place),
  ];
}
