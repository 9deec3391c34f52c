import { VERDICT_SCHEMA } from "../../../src/features/verdict/index.ts";
import { DIALECT } from "./record-schemas.ts";

const said = (description: string) => ({ description, type: "string" });
const counted = (description: string) => ({ description, type: "integer", minimum: 1 });

const FINDING = {
  type: "object",
  required: ["rule", "level", "message"],
  properties: {
    rule: {
      description: "Its page is docs/reference/rules/<family>-<name>.md.",
      type: "string",
      pattern: "^[a-z]+/[a-z]+(-[a-z]+)*$",
    },
    level: { description: "`block` makes the guard fail.", enum: ["block", "warn", "observe"] },
    message: said("What was seen, as one sentence."),
    file: said("Path from the top of the repository, with `/`."),
    line: counted("Counted from 1."),
    column: counted("Counted from 1, in characters."),
    hint: said("The command or edit that mends it."),
    chain: {
      description: "`file:line` of each importing statement from production on, then the bare package name.",
      type: "array",
      items: { type: "string" },
      minItems: 1,
    },
  },
};

const GUARD = {
  description:
    "The answer of one guard: what `ban scan`, `evidence verify` and `heartbeat verify` print alone.",
  type: "object",
  required: ["guard", "verdict", "summary", "findings"],
  properties: {
    guard: {
      description: "Readers pass over guards that they do not know.",
      type: "string",
      pattern: "^[a-z]+(-[a-z]+)*$",
      examples: ["guard-mcp", "idle-guard", "dev-mcp-ban", "witness"],
    },
    verdict: { enum: ["pass", "fail", "not-applicable", "error"] },
    summary: said("One sentence."),
    findings: { type: "array", items: { $ref: "#/$defs/finding" } },
  },
};

/** The JSON Schema of what `growth-engine guard --format json` prints. */
export function verdictSchema(): object {
  return {
    $schema: DIALECT,
    $id: "verdict.schema.json",
    title: VERDICT_SCHEMA,
    description:
      "What `growth-engine guard --format json` prints; the answer of one guard alone is verdict.schema.json#/$defs/guard. Readers pass over fields that they do not know. What no schema can say: `error` of a guard wins over `fail`, `fail` over `pass`; findings stand loudest first, then by place; the same commits give the same bytes.",
    type: "object",
    required: ["schema", "verdict", "base", "head", "rules", "guards"],
    properties: {
      schema: { const: VERDICT_SCHEMA },
      verdict: { enum: ["pass", "fail", "error"] },
      base: { description: "The merge base; null where it could not be found.", type: ["string", "null"] },
      head: said("The commit that was judged; the revision as it was named where it could not be read."),
      rules: {
        description: "The commit whose rules were used; null where none was read.",
        type: ["string", "null"],
      },
      guards: { type: "array", items: { $ref: "#/$defs/guard" }, minItems: 1 },
      overridden: {
        description: "The approval that turned `fail` into `pass`.",
        type: "object",
        required: ["by", "reason", "until", "head"],
        properties: {
          by: said("Who approved, by forge identity."),
          reason: said("Why."),
          until: said("`YYYY-MM-DD`, or RFC 3339."),
          head: said("The commit that was approved."),
        },
      },
      uncounted: {
        description: "Where the verdict is `fail` or `error`: the approvals that are no override.",
        type: "array",
        minItems: 1,
        items: {
          type: "object",
          required: ["by", "why"],
          properties: {
            by: said("Who approved, by forge identity."),
            why: said("The first reason why it does not count."),
          },
        },
      },
    },
    $defs: { guard: GUARD, finding: FINDING },
  };
}
