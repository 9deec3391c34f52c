/** What stands at a dotted path of a payload; undefined where it leads nowhere. */
export function memberOf(payload: unknown, path: string): unknown {
  let value: unknown = payload;
  for (const name of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

/** The first text, not empty, among the members at these paths; of a list its first item. */
export function textOf(payload: unknown, paths: readonly string[]): string | null {
  for (const path of paths) {
    const value = memberOf(payload, path);
    const first: unknown = Array.isArray(value) ? value[0] : value;
    if (typeof first === "string" && first !== "") return first;
  }
  return null;
}
