import type { CallExpression, Node, ObjectExpression } from "oxc-parser";
import { type Bindings, keyName } from "./bindings.ts";
import { UNKNOWN } from "./split-command.ts";

/** A text, or a list of texts, with {@link UNKNOWN} where a part is not known before the program runs. */
export type Constant = string | string[];

/** Enough for `isWindows ? "npx.cmd" : "npx"` and the like, and a bound for hostile code. */
const MAX_ALTERNATIVES = 8;
const MAX_TEXT = 8_192;
const MAX_LIST = 1_024;
const MAX_DEPTH = 200;
const NOT_KNOWN: Constant[] = [UNKNOWN];

function asText(value: Constant): string {
  return typeof value === "string" ? value : value.join(" ");
}

function asList(value: Constant): string[] {
  return typeof value === "string" ? [value] : value;
}

function joined(pieces: string[]): string {
  const text = pieces.length === 1 ? (pieces[0] ?? "") : pieces.join("");
  return pieces.length > 1 && text.length > MAX_TEXT ? UNKNOWN : text;
}

/** One value of each set, in every combination, up to the bound. */
function combinations(sets: readonly Constant[][]): Constant[][] {
  let rows: Constant[][] = [[]];
  for (const set of sets) {
    const next = rows.flatMap((row) => set.map((value) => [...row, value]));
    // With too many, only the first value of each further set is followed.
    rows = next.length <= MAX_ALTERNATIVES ? next : rows.map((row) => [...row, set[0] ?? UNKNOWN]);
    if (rows[0] && rows[0].length > MAX_LIST) return [];
  }
  return rows;
}

/** The name that a call ends in: `join` of `path.join(…)`. */
export function calledName(callee: Node): string {
  if (callee.type === "Identifier") return callee.name;
  return callee.type === "MemberExpression" && callee.property.type === "Identifier"
    ? callee.property.name
    : "";
}

/** What expressions of one file evaluate to, as far as the file itself tells. Never runs anything. */
export class ConstantEvaluator {
  readonly #bindings: Bindings;
  readonly #known = new Map<Node, Constant[]>();
  #depth = 0;

  constructor(bindings: Bindings) {
    this.#bindings = bindings;
  }

  /** Every value that is seen to be possible, at least one; unknown ones only where nothing better is there. */
  values(node: Node | null | undefined): Constant[] {
    if (!node) return NOT_KNOWN;
    const known = this.#known.get(node);
    if (known) return known;
    if (this.#depth >= MAX_DEPTH) return NOT_KNOWN;
    // Stands while the node is worked out, so that `let a = a + "x"` comes to an end.
    this.#known.set(node, NOT_KNOWN);
    this.#depth += 1;
    const values = this.#evaluate(node).slice(0, MAX_ALTERNATIVES);
    this.#depth -= 1;
    this.#known.set(node, values.length > 0 ? values : NOT_KNOWN);
    return values.length > 0 ? values : NOT_KNOWN;
  }

  /** The object that an expression names, when it is written out in this file. */
  object(node: Node | null | undefined, depth = 0): ObjectExpression | null {
    if (!node || depth > MAX_DEPTH) return null;
    const inner = unwrapNode(node);
    if (inner.type === "ObjectExpression") return inner;
    if (inner.type === "Identifier") {
      const [value] = this.#bindings.lookup(inner.name, inner.start)?.values ?? [];
      if (!value) return null;
      return value.key === undefined
        ? this.object(value.node, depth + 1)
        : this.object(this.#property(value.node, value.key, depth), depth + 1);
    }
    if (inner.type !== "MemberExpression") return null;
    const key = keyName(inner.property, inner.computed);
    return key === null ? null : this.object(this.#property(inner.object, key, depth), depth + 1);
  }

  #property(node: Node, key: string, depth = 0): Node | null {
    return propertyOf(this.object(node, depth + 1), key);
  }

  #evaluate(node: Node): Constant[] {
    const inner = unwrapNode(node);
    if (inner !== node) return this.values(inner);
    switch (node.type) {
      case "Literal":
        return typeof node.value === "string" || typeof node.value === "number"
          ? [String(node.value)]
          : NOT_KNOWN;
      case "TemplateLiteral":
        return this.#template(node.quasis, node.expressions);
      case "BinaryExpression":
        return node.operator === "+" ? this.#concatenation([node.left, node.right]) : NOT_KNOWN;
      case "ArrayExpression":
        return this.#list(node.elements);
      case "ConditionalExpression":
        return this.#either([node.consequent, node.alternate]);
      case "LogicalExpression":
        return node.operator === "&&" ? this.values(node.right) : this.#either([node.left, node.right]);
      case "Identifier":
        return this.#name(node.name, node.start);
      case "MemberExpression":
        return this.#member(node);
      case "NewExpression":
        return calledName(node.callee) === "URL" ? this.values(node.arguments[0]) : NOT_KNOWN;
      case "CallExpression":
        return this.#call(node);
      default:
        return NOT_KNOWN;
    }
  }

  #either(nodes: readonly Node[]): Constant[] {
    const values = nodes.flatMap((node) => this.values(node));
    const known = values.filter((value) => value !== UNKNOWN);
    return known.length > 0 ? known : NOT_KNOWN;
  }

  #concatenation(nodes: readonly Node[]): Constant[] {
    return combinations(nodes.map((node) => this.values(node))).map((row) => joined(row.map(asText)));
  }

  #template(
    quasis: readonly { value: { cooked: string | null } }[],
    expressions: readonly Node[],
  ): Constant[] {
    const pieces = quasis.flatMap((quasi, at) => {
      const expression = expressions[at];
      const text: Constant[] = [quasi.value.cooked ?? UNKNOWN];
      return expression ? [text, this.values(expression)] : [text];
    });
    return combinations(pieces).map((row) => joined(row.map(asText)));
  }

  #list(elements: readonly (Node | null)[]): Constant[] {
    const sets = elements.map((element): Constant[] => {
      if (element?.type === "SpreadElement") return this.values(element.argument).map(asList);
      return this.values(element).map(asText);
    });
    return combinations(sets)
      .map((row) => row.flat())
      .filter((list) => list.length <= MAX_LIST);
  }

  #name(name: string, at: number): Constant[] {
    const binding = this.#bindings.lookup(name, at);
    if (!binding) return NOT_KNOWN;
    if (binding.imported?.name === "execPath") return ["node"];
    const values = binding.values.flatMap(({ node, key }) =>
      this.values(key === undefined ? node : this.#property(node, key)),
    );
    if (binding.pushed.length === 0) return values;
    const pushed = asList(this.#list(binding.pushed)[0] ?? UNKNOWN);
    return values.map((value) => [...asList(value), ...pushed]);
  }

  #member(node: Node & { type: "MemberExpression" }): Constant[] {
    const key = keyName(node.property, node.computed);
    if (key === null) return NOT_KNOWN;
    if (node.object.type === "ThisExpression") return this.#name(`this.${key}`, node.start);
    if (key === "execPath" && node.object.type === "Identifier") return ["node"];
    return this.values(this.#property(node.object, key));
  }

  #call({ callee, arguments: given }: CallExpression): Constant[] {
    const [first] = given;
    const object = callee.type === "MemberExpression" ? callee.object : null;
    switch (calledName(callee)) {
      case "join":
      case "resolve":
        return this.#joinCall(object, given);
      case "split":
        return this.values(object).map((value) => asText(value).split(/\s+/));
      case "concat":
        return object ? this.#list([spread(object), ...given.map(spread)]) : NOT_KNOWN;
      case "filter":
      case "slice":
      case "trim":
        return given.length === 0 || calledName(callee) === "filter" ? this.values(object) : NOT_KNOWN;
      case "String":
      case "fileURLToPath":
      case "freeze":
      case "normalize":
        return this.values(first);
      default:
        return NOT_KNOWN;
    }
  }

  /** `["npx", "x"].join(" ")`, `path.join(a, b)`, and `require.resolve("x")`, which lies in `node_modules`. */
  #joinCall(object: Node | null, given: readonly Node[]): Constant[] {
    const lists = this.values(object).filter((value) => Array.isArray(value));
    const separator = asText(this.values(given[0])[0] ?? UNKNOWN);
    if (lists.length > 0) return lists.map((list) => joined([list.join(separator)]));
    const isModule =
      object?.type === "MetaProperty" || (object?.type === "Identifier" && object.name === "require");
    if (isModule) return this.values(given[0]).map((value) => joined(["node_modules/", asText(value)]));
    return combinations(given.map((node) => this.values(node))).map((row) =>
      joined([row.map(asText).join("/")]),
    );
  }
}

function spread(node: Node): Node {
  return { type: "SpreadElement", argument: node, start: node.start, end: node.end } as Node;
}

/** Without brackets, casts and `await`. */
export function unwrapNode(node: Node): Node {
  let inner = node;
  for (;;) {
    if (inner.type === "AwaitExpression") inner = inner.argument;
    else if (
      inner.type === "ParenthesizedExpression" ||
      inner.type === "ChainExpression" ||
      inner.type === "TSAsExpression" ||
      inner.type === "TSSatisfiesExpression" ||
      inner.type === "TSNonNullExpression" ||
      inner.type === "TSTypeAssertion"
    )
      inner = inner.expression;
    else return inner;
  }
}

/** The value of a property that stands in an object, or null. */
export function propertyOf(object: ObjectExpression | null, key: string): Node | null {
  for (const property of object?.properties ?? []) {
    if (property.type === "Property" && keyName(property.key, property.computed) === key)
      return property.value;
  }
  return null;
}
