/** Starts with `./` or `../`, or is nothing but dots. */
export const RELATIVE = /^\.{1,2}(?:\/|$)/;
/** `node:fs`, `https://…`: of no tree. */
export const OTHER_WORLD = /^[a-z][a-z+.-]+:/i;

/** The specifier without webpack's loaders and Vite's query. */
export function bareSpecifier(specifier: string): string {
  const module = specifier.slice(specifier.lastIndexOf("!") + 1);
  const query = module.indexOf("?", 1);
  return query < 0 ? module : module.slice(0, query);
}

/** Does the query ask for the text or the address of a file instead of its code? */
export function asksForText(specifier: string): boolean {
  return /\?(?:.*&)?(?:raw|url|inline)\b/.test(specifier);
}

/** `~/x` and `@/x` can be no package, and `$lib/x` is one of nobody: aliases that frameworks give unasked. */
const CUSTOM = /^(?:[~@]{1,2}|(\$lib))(\/.*|$)/;

/**
 * Where such an alias leads by custom, from the folder of the package, when no settings say so; null for any other
 * specifier.
 */
export function customPlaces(specifier: string): string[] | null {
  const [, lib, inside] = CUSTOM.exec(specifier) ?? [];
  if (inside === undefined) return null;
  return (lib ? ["src/lib"] : ["src", "app", "."]).map((root) => root + inside);
}
