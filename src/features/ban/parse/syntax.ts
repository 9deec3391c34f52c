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
