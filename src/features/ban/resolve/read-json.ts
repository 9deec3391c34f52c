import { type Node, type ParseError, parse, parseTree } from "jsonc-parser";

/** An object of a JSON file, whatever it holds. */
export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** A JSON file with comments and trailing commas, as tools read their settings; `{}` for what is no object. */
export function readJson(text: string): JsonObject {
  try {
    const value: unknown = parse(text, [], { allowTrailingComma: true });
    return isObject(value) ? value : {};
  } catch (cause) {
    if (cause instanceof RangeError) return {};
    throw cause;
  }
}

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
