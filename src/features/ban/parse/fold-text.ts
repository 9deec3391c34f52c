import type { Node } from "./syntax.ts";

/** A text that an expression can be; `open` when only its beginning is known. */
export interface Folded {
  text: string;
  open: boolean;
}

/** Names bound once to an expression. */
export type Constants = ReadonlyMap<string, Node>;

/** Enough for any honest choice between modules; bounds what nested conditions multiply. */
const MAX_CHOICES = 32;
const MAX_DEPTH = 2_000;
const MAX_TEXT = 4_096;

function join(left: readonly Folded[], right: readonly Folded[]): Folded[] {
  const joined: Folded[] = [];
  for (const begin of left) {
    if (begin.open || begin.text.length > MAX_TEXT) joined.push({ text: begin.text, open: true });
    else if (right.length === 0) joined.push({ text: begin.text, open: true });
    else for (const end of right) joined.push({ text: begin.text + end.text, open: end.open });
  }
  return joined.slice(0, MAX_CHOICES);
}

/** `a + b + c` nests to the left, once per plus: walked in a loop, since generated code adds thousands. */
function foldSum(node: Node, constants: Constants, depth: number): Folded[] {
  const terms: Node[] = [];
  let rest: Node = node;
  while (rest.type === "BinaryExpression" && rest.operator === "+") {
    terms.push(rest.right as Node);
    rest = rest.left as Node;
  }
  let folded = foldText(rest, constants, depth + 1);
  for (const term of terms.reverse()) {
    if (folded.length === 0) return [];
    folded = join(folded, foldText(term, constants, depth + 1));
  }
  return folded;
}

function foldTemplate(node: Node, constants: Constants, depth: number): Folded[] {
  const quasis = node.quasis as { value: { cooked: string | null } }[];
  const expressions = node.expressions as Node[];
  let folded: Folded[] = [{ text: quasis[0]?.value.cooked ?? "", open: false }];
  for (const [index, expression] of expressions.entries()) {
    folded = join(folded, foldText(expression, constants, depth + 1));
    folded = join(folded, [{ text: quasis[index + 1]?.value.cooked ?? "", open: false }]);
  }
  return folded;
}

/** The texts that an expression can be, as far as they can be told without running it. */
export function foldText(node: Node | null | undefined, constants: Constants, depth = 0): Folded[] {
  if (!node || depth > MAX_DEPTH) return [];
  const inner = (next: unknown) => foldText(next as Node, constants, depth + 1);
  switch (node.type) {
    case "Literal":
      return typeof node.value === "string" ? [{ text: node.value, open: false }] : [];
    case "TemplateLiteral":
      return foldTemplate(node, constants, depth);
    case "BinaryExpression":
      return node.operator === "+" ? foldSum(node, constants, depth) : [];
    case "ConditionalExpression":
      return [...inner(node.consequent), ...inner(node.alternate)].slice(0, MAX_CHOICES);
    case "LogicalExpression":
      return [...inner(node.left), ...inner(node.right)].slice(0, MAX_CHOICES);
    case "AssignmentExpression":
      return inner(node.right);
    case "SequenceExpression":
      return inner((node.expressions as Node[]).at(-1));
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
    case "AwaitExpression":
      return inner(node.expression ?? node.argument);
    case "Identifier": {
      const name = node.name as string;
      const bound = constants.get(name);
      if (!bound) return [];
      const others = new Map(constants);
      others.delete(name);
      return foldText(bound, others, depth + 1);
    }
    default:
      return [];
  }
}
