/** A node of the ESTree that oxc gives, as far as it is walked here. */
export interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

export function isNode(value: unknown): value is Node {
  return (
    typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string"
  );
}

const WRAPPERS = new Set([
  "ParenthesizedExpression",
  "ChainExpression",
  "TSAsExpression",
  "TSSatisfiesExpression",
  "TSNonNullExpression",
  "TSTypeAssertion",
  "TSInstantiationExpression",
]);

/** The expression without brackets and casts, and the last of several. */
export function unwrap(value: unknown): Node | null {
  let node = isNode(value) ? value : null;
  while (node) {
    if (WRAPPERS.has(node.type)) node = isNode(node.expression) ? node.expression : null;
    else if (node.type === "SequenceExpression") node = (node.expressions as Node[]).at(-1) ?? null;
    else if (node.type === "AwaitExpression") node = isNode(node.argument) ? node.argument : null;
    else return node;
  }
  return null;
}

/** The name of an identifier, or of the member that an expression ends in. */
export function nameOf(value: unknown): string | null {
  const node = unwrap(value);
  if (node?.type === "Identifier") return node.name as string;
  if (node?.type !== "MemberExpression") return null;
  const property = unwrap(node.property);
  if (property?.type === "Literal") return String(property.value);
  if (node.computed === true) return plainTemplate(property);
  return (property?.name as string | undefined) ?? null;
}

function plainTemplate(node: Node | null): string | null {
  const quasis = (node?.quasis ?? []) as { value: { cooked: string | null } }[];
  return node?.type === "TemplateLiteral" && quasis.length === 1 ? (quasis[0]?.value.cooked ?? null) : null;
}

/**
 * Visits every node once, parents before children, in a loop, since hostile code nests as deep as it likes.
 * @param enter answers whether the nodes below count as types only
 */
export function walkSyntax(root: Node, enter: (node: Node, inTypes: boolean) => boolean): void {
  const waiting: [Node, boolean][] = [[root, false]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [node, inTypes] = next;
    const below = enter(node, inTypes);
    for (const key in node) {
      const value = node[key];
      if (Array.isArray(value)) {
        for (let at = value.length - 1; at >= 0; at -= 1)
          if (isNode(value[at])) waiting.push([value[at], below]);
      } else if (isNode(value)) waiting.push([value, below]);
    }
  }
}
