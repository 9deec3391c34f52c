import { type Node, type ParseError, parseTree } from "jsonc-parser";

/** The syntax tree of strict JSON; null for what no package manager would read. */
export function readJsonTree(text: string): Node | null {
  const errors: ParseError[] = [];
  try {
    const tree = parseTree(text, errors, { disallowComments: true });
    return errors.length === 0 && tree?.type === "object" ? tree : null;
  } catch (cause) {
    if (cause instanceof RangeError) return null;
    throw cause;
  }
}
