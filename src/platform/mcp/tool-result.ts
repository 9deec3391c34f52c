import { isFault, isRefusal } from "../errors/index.ts";
import type { Json } from "./tool.ts";

/** What went wrong, in the words of the command line and of HTTP: code, sentence, and the command that mends it. */
export interface ToolProblem {
  code: string;
  message: string;
  hint?: string;
}

/** JSON Schema of a {@link ToolProblem}. */
export const PROBLEM_SCHEMA: Json = {
  type: "object",
  description: "What went wrong, in a result that is an error.",
  properties: {
    code: { type: "string" },
    message: { type: "string" },
    hint: { type: "string", description: "What mends it." },
  },
  required: ["code", "message"],
  additionalProperties: false,
};

/**
 * The schema of all that a tool may return: clients of the first SDK compare the structured content of errors too.
 * Its root has to be an object.
 */
export function withProblem({ $schema: _, ...answer }: Json): Json {
  return { type: "object", anyOf: [answer, PROBLEM_SCHEMA] };
}

/** A result of `tools/call`. As text it is JSON too: what people and agents wrote stands in quotes, as data. */
export interface ToolResult {
  content: { type: "text"; text: string }[];
  structuredContent: Json;
  isError?: true;
}

export function resultOf(answer: Json): ToolResult {
  return { content: [{ type: "text", text: JSON.stringify(answer) }], structuredContent: answer };
}

/** What a caller is told of an error. A mistake of ours says nothing of our insides. */
function problemOf(error: unknown): ToolProblem {
  if (!isRefusal(error) && !isFault(error))
    return { code: "INTERNAL", message: "something went wrong; the log says what" };
  const { code, message, hint } = error;
  return { code, message, ...(hint === undefined ? {} : { hint }) };
}

/** A tool that ran and failed: a result and no error of the protocol, so that the model reads it and mends it. */
export function failureOf(error: unknown): ToolResult {
  return { ...resultOf({ ...problemOf(error) }), isError: true };
}
