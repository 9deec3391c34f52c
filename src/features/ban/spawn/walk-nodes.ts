import type { Node } from "oxc-parser";

function isNode(value: unknown): value is Node {
  return (
    typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string"
  );
}

function childNodes(node: Node): Node[] {
  const children: Node[] = [];
  for (const value of Object.values(node)) {
    if (isNode(value)) children.push(value);
    else if (Array.isArray(value)) for (const item of value) if (isNode(item)) children.push(item);
  }
  return children;
}

/**
 * Visits a node and all below it in the order of the source. What `visit` returns for a node is handed to it again
 * with each of that node's children. Without recursion, since hostile code may be nested as deep as it likes.
 */
export function walkNodes<Context>(
  root: Node,
  start: Context,
  visit: (node: Node, context: Context) => Context,
): void {
  const waiting: [Node, Context][] = [[root, start]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [node, context] = next;
    const below = visit(node, context);
    const children = childNodes(node);
    for (let at = children.length - 1; at >= 0; at -= 1) waiting.push([children[at] as Node, below]);
  }
}
