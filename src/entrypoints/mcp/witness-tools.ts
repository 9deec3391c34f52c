import { z } from "zod";
import { readWitnessCoverage } from "../../features/witness/index.ts";
import { openRepository } from "../../platform/git/index.ts";
import type { Tool } from "../../platform/mcp/index.ts";
import { READS, repositoryTool, revision } from "./repository-tool.ts";
import type { Workplace } from "./workplace.ts";

const reading = z.object({
  known: z.number().meta({ description: "Files with packages of which an edit was seen." }),
  before: z.number().meta({ description: "Of these: documentation before the first edit." }),
  percent: z.number().nullable(),
  unknown: z.number(),
});
const share = z.object({ name: z.string(), changed: z.number(), seen: z.number(), documentation: reading });
const names = z.array(z.string());

const Answer = z.looseObject({
  range: z.string(),
  head: z.string(),
  commits: z.number(),
  changed: z.number(),
  seen: z.number().meta({ description: "Changed code files of which a recorder saw an edit." }),
  percent: z.number().nullable(),
  documentation: reading,
  byFolder: z.array(share),
  byAgent: z.array(share),
  witnesses: z.array(z.looseObject({ witness: z.string(), lines: z.number(), calls: z.number() })),
  calls: z.number().meta({ description: "The calls themselves: growth-engine witness coverage --json." }),
  claimedOnly: z.number(),
  files: z.array(z.looseObject({ file: z.string(), seenBy: names, reading: z.string() })),
  differences: z.array(
    z.looseObject({
      agent: z.string(),
      tool: z.string(),
      calls: z.number(),
      seenBy: names,
      notSeenBy: names,
      explained: z.string().nullable(),
    }),
  ),
  packages: z.array(z.looseObject({ package: z.string(), files: z.number(), consulted: z.number() })),
  unseen: names.meta({ description: "Witnesses that are not seen here." }),
});

function coverageTool({ context }: Workplace): Tool {
  return repositoryTool({
    name: "witness_coverage",
    says: "Who saw the work of the commits that head adds to base, or of the last days: which recorders saw each changed code file being edited, where they differ, and which imported packages were read about before the first edit.",
    input: z.strictObject({
      base: revision.optional().meta({ description: "Tip of the target branch; the default branch." }),
      head: revision.optional(),
      days: z.int().min(1).max(10_000).optional().meta({ description: "Instead of base." }),
    }),
    answer: Answer,
    hints: READS,
    run: async ({ days, ...query }) => {
      const repository = await openRepository(context.cwd);
      const { calls, ...rest } = await readWitnessCoverage(repository, { ...query, days: days?.toString() });
      return { ...rest, calls: calls.length };
    },
  });
}

/** Who saw the work in this checkout. */
export function witnessTools(place: Workplace): Tool[] {
  return [coverageTool(place)];
}
