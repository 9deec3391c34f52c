import { data, Evaluator, Lexer, Parser, wellKnownFunctions } from "@actions/expressions";
import type { FunctionDefinition } from "@actions/expressions/funcs/info";

/** How a job or step ended, in GitHub's words. */
export type Conclusion = "success" | "failure" | "cancelled" | "skipped";

/** What an expression may ask for. */
export interface Scope {
  /** `github`, `needs`, `matrix`, … as plain JSON. */
  contexts: Readonly<Record<string, unknown>>;
  /** The conclusions that the status functions speak of. */
  before: readonly Conclusion[];
}

function toData(value: unknown): data.ExpressionData {
  if (value === null || value === undefined) return new data.Null();
  if (typeof value === "boolean") return new data.BooleanData(value);
  if (typeof value === "number") return new data.NumberData(value);
  if (Array.isArray(value)) return new data.Array(...value.map(toData));
  if (typeof value !== "object") return new data.StringData(String(value));
  const pairs = Object.entries(value).map(([key, inner]) => ({ key, value: toData(inner) }));
  return new data.Dictionary(...pairs);
}

/** GitHub's status functions: a skipped or failed job before makes `success()` false. */
function statusFunctions(before: readonly Conclusion[]): FunctionDefinition[] {
  const says = (name: string, value: boolean): FunctionDefinition => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(value),
  });
  return [
    says("always", true),
    says(
      "success",
      before.every((conclusion) => conclusion === "success"),
    ),
    says("failure", before.includes("failure")),
    says("cancelled", false),
  ];
}

function isTrue(value: data.ExpressionData): boolean {
  const plain =
    value.kind === data.Kind.String || value.kind === data.Kind.Number || value.kind === data.Kind.Boolean;
  if (plain) return Boolean((value as data.StringData | data.NumberData | data.BooleanData).value);
  return value.kind !== data.Kind.Null;
}

function run(expression: string, scope: Scope): data.ExpressionData {
  const functions = [...Object.values(wellKnownFunctions), ...statusFunctions(scope.before)];
  const { tokens } = new Lexer(expression).lex();
  const contexts = toData(scope.contexts) as data.Dictionary;
  const tree = new Parser(tokens, Object.keys(scope.contexts), functions).parse();
  return new Evaluator(
    tree,
    contexts,
    new Map(functions.map((known) => [known.name.toLowerCase(), known])),
  ).evaluate();
}

/** Whether a condition holds. Throws what GitHub's own evaluator throws when it is not one. */
export function evaluateCondition(expression: string, scope: Scope): boolean {
  return isTrue(run(expression, scope));
}

/** A text with its `${{ }}` filled in. */
export function fill(text: string, scope: Scope): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => run(expression, scope).coerceString());
}
