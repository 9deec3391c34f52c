import { dirname, join } from "node:path";
import { ResolverFactory } from "oxc-resolver";
import type { UnresolvedFact } from "../facts.ts";

const EXTENSIONS = [
  ".ts",
  ".tsx",
  ".mts",
  ".cts",
  ".js",
  ".jsx",
  ".mjs",
  ".cjs",
  ".vue",
  ".svelte",
  ".astro",
  ".json",
  ".node",
];

/**
 * Takes out the imports that lead to something on disk although the tree has no such file: generated code that git
 * ignores, packages linked by an install.
 */
export function explainByDisk(unresolved: readonly UnresolvedFact[], disk: string): UnresolvedFact[] {
  const resolver = new ResolverFactory({
    extensions: EXTENSIONS,
    conditionNames: ["node", "import", "require", "default"],
    mainFields: ["module", "main", "browser"],
    extensionAlias: { ".js": [".js", ".ts", ".tsx"], ".mjs": [".mjs", ".mts"], ".cjs": [".cjs", ".cts"] },
  });
  return unresolved.filter(({ file, specifier }) => {
    const found = resolver.sync(join(disk, dirname(file)), specifier);
    return found.path === undefined;
  });
}
