/** More would overflow the stack: what lies deeper counts as its depth. */
const MAX_DEPTH = 200;

function sorted(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth === 0) return "…";
  if (Array.isArray(value)) return value.map((each) => sorted(each, depth - 1));
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  // A null prototype, so that a member named __proto__ is one like any other.
  const copy: Record<string, unknown> = Object.create(null);
  for (const [name, each] of entries) copy[name] = sorted(each, depth - 1);
  return copy;
}

/** JSON with the members of every object in the order of their names: the same value is always the same text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value, MAX_DEPTH)) ?? "null";
}
