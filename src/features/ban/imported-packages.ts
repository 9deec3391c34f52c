import type { Tree } from "../../platform/git/index.ts";
import { packageOf } from "./resolve/folders.ts";
import { bareSpecifier } from "./resolve/specifiers.ts";
import { decodeSource } from "./search/decode-source.ts";
import { MAX_SOURCE_BYTES } from "./search/find-mentions.ts";
import { isCode } from "./search/is-code.ts";

/** The packages that each of these files imports, types included, by their bare names in order. */
export async function importedPackages(tree: Tree, paths: readonly string[]): Promise<Map<string, string[]>> {
  const { parseSource } = await import("./parse/parse-source.ts");
  const packages = new Map<string, string[]>();
  for await (const [path, found] of tree.read(paths, MAX_SOURCE_BYTES)) {
    const text = "content" in found ? decodeSource(found.content) : null;
    const { statements } =
      text !== null && isCode(path, text)
        ? await parseSource(path, text, { banned: null, edgesOnly: false })
        : { statements: [] };
    const names = statements
      .map(({ specifier }) => packageOf(bareSpecifier(specifier)))
      .filter((name) => name !== null);
    packages.set(path, [...new Set(names)].sort());
  }
  return packages;
}
