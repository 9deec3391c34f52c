/** Every text in a value, however deep `exports` nests its conditions. */
function textsIn(value: unknown, depth = 0): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null || depth > 8) return [];
  return Object.values(value).flatMap((inner) => textsIn(inner, depth + 1));
}

/** The files that a manifest hands out to others (nodejs.org/api/packages), without a leading `./`. */
export function findEntries(manifest: unknown): string[] {
  const { main, module, browser, exports, bin } = (manifest ?? {}) as Record<string, unknown>;
  const files = textsIn([main, module, browser, exports, bin]).map((file) => file.replace(/^\.\//, ""));
  return [...new Set(files)].filter((file) => /\.[cm]?[jt]sx?$/.test(file));
}
