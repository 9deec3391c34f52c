import { isBuiltin } from "node:module";
import type { Tree } from "../../platform/git/index.ts";
import { importedPackages } from "../ban/index.ts";

const MAX_MANIFEST_BYTES = 1 << 20;
const LISTS = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"] as const;
/** What of a package is this repository itself. */
const OF_OURS = /^(workspace|file|link|portal):/;

function manifestsAbove(file: string): string[] {
  const folders = file.split("/").slice(0, -1);
  return ["package.json", ...folders.map((_, at) => `${folders.slice(0, at + 1).join("/")}/package.json`)];
}

/** Packages from elsewhere that a manifest names; null for what is no manifest. */
function namedBy(content: Buffer): string[] | null {
  try {
    const manifest = JSON.parse(content.toString("utf8")) as Record<string, unknown> | null;
    return LISTS.flatMap((list) => Object.entries((manifest?.[list] ?? {}) as Record<string, unknown>))
      .filter(([, version]) => typeof version === "string" && !OF_OURS.test(version))
      .map(([name]) => name);
  } catch {
    // Broken in this commit: then every import that looks like a package counts.
    return null;
  }
}

async function readManifests(tree: Tree, files: readonly string[]): Promise<Map<string, Set<string>>> {
  const paths = [...new Set(files.flatMap(manifestsAbove))].sort();
  const found = new Map<string, Set<string>>();
  for await (const [path, read] of tree.read(paths, MAX_MANIFEST_BYTES)) {
    const names = "content" in read ? namedBy(read.content) : null;
    if (names !== null) found.set(path, new Set(names));
  }
  return found;
}

/**
 * The packages from elsewhere that each file imports: none of Node's own, and where manifests stand above the file,
 * none that they do not name, such as a path alias or a package of this repository.
 */
export async function readPackages(tree: Tree, files: readonly string[]): Promise<Map<string, string[]>> {
  const [imported, manifests] = await Promise.all([
    importedPackages(tree, files),
    readManifests(tree, files),
  ]);
  const external = (file: string, name: string) => {
    const above = manifestsAbove(file).flatMap((path) => manifests.get(path) ?? []);
    return !isBuiltin(name) && (above.length === 0 || above.some((names) => names.has(name)));
  };
  return new Map(
    [...imported].map(([file, names]) => [file, names.filter((name) => external(file, name))] as const),
  );
}
