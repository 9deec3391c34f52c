import { z } from "zod";
import { Refusal } from "../../platform/errors/index.ts";
import { type Json, type Tool, type ToolHints, withProblem } from "../../platform/mcp/index.ts";

/** What a tool of the checkout is made from. */
interface Parts<I extends z.ZodObject> {
  name: `${string}_${string}`;
  says: string;
  input: I;
  answer: z.ZodType;
  hints?: Partial<ToolHints>;
  /** Who may call it on the control plane, for what asks there. */
  roles?: Tool["roles"];
  /** Its answer is JSON as `answer` describes it; the clients of the tests compare the two. */
  run(given: z.output<I>): Promise<object>;
}

/** As many mistakes as anybody mends at once. */
const SHOWN = 5;
const WRITES: ToolHints = {
  readOnlyHint: false,
  destructiveHint: false,
  idempotentHint: false,
  openWorldHint: false,
};
/** Hints of what only reads. */
export const READS: ToolHints = { ...WRITES, readOnlyHint: true, idempotentHint: true };

function sentence({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${path.map(String).join(".")}: ${message}`;
}

function checked<I extends z.ZodObject>(schema: I, given: Json): z.output<I> {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const message = result.error.issues.slice(0, SHOWN).map(sentence).join("; ").slice(0, 1000);
  throw new Refusal("INPUT_INVALID", message, { hint: `it takes ${Object.keys(schema.shape).join(", ")}` });
}

/** A tool that works on the checkout, checked by the schema that describes it. */
export function repositoryTool<I extends z.ZodObject>(parts: Parts<I>): Tool {
  const { name, says, input, answer, hints = {}, roles = null, run } = parts;
  const { $schema: _, ...inputSchema } = z.toJSONSchema(input, { io: "input" }) as Json;
  return {
    name,
    says,
    input: inputSchema,
    output: withProblem(z.toJSONSchema(answer, { io: "output", unrepresentable: "any" }) as Json),
    hints: { ...WRITES, ...hints },
    roles,
    run: async (given) => (await run(checked(input, given))) as Json,
  };
}

/** A revision of git, as a tool takes it. */
export const revision = z.string().min(1).max(500);
