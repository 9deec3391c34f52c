import type { Production } from "./production.ts";
import { folderOf, joinInside, liesIn } from "./resolve/folders.ts";
import type { Resolver } from "./resolve/resolver.ts";

/** Is the manifest of a folder installed for production: the top one, a workspace's, or the one above production code? */
export function isProductionManifest(
  folder: string,
  production: Production,
  { manifests, files }: Resolver,
): boolean {
  const path = joinInside(folder, "package.json") ?? "";
  if (production.isAllowed(path)) return false;
  if (folder === "" || manifests.isMember(folder) || production.holds(path)) return true;
  if (/(?:^|\/)node_modules\//.test(path)) return false;
  for (const file of files.paths()) {
    const governed = liesIn(file, folder) && manifests.nearest(folderOf(file))?.folder === folder;
    if (governed && production.holds(file)) return true;
  }
  return false;
}
