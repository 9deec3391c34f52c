export type JsonObject = Readonly<Record<string, unknown>>;

/** The object at a path of names; an empty one where there is none. */
export function readObject(value: unknown, ...path: string[]): JsonObject {
  let at = value;
  for (const name of path) at = typeof at === "object" && at !== null ? (at as JsonObject)[name] : undefined;
  return typeof at === "object" && at !== null && !Array.isArray(at) ? (at as JsonObject) : {};
}

/** A text that says something, or null. */
export function readText(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
