import { posix } from "node:path";

/** Folder of a path; empty at the top of the repository. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}

/** Joins below the top; null when the path leads out of the repository. */
export function joinInside(folder: string, path: string): string | null {
  const joined = posix.normalize(posix.join(folder === "" ? "." : folder, path));
  if (joined === ".." || joined.startsWith("../") || joined.startsWith("/")) return null;
  return joined === "." ? "" : joined.replace(/\/$/, "");
}

/** The folder and every one above it, up to the top. */
export function foldersAbove(folder: string): string[] {
  const folders = [folder];
  for (let at = folder; at !== ""; ) {
    at = folderOf(at);
    folders.push(at);
  }
  return folders;
}

/** Does a path lie in a folder, at any depth? */
export function liesIn(path: string, folder: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`);
}

/** `context7-mcp` of `context7-mcp/dist`, `@acme/x` of `@acme/x/y`; null for what names no package. */
export function packageOf(specifier: string): string | null {
  return /^(@[^/@:\\]+\/[^/@:\\?]+|[^@./#~:\\?][^/@:\\?]*)(?=[/@?]|$)/.exec(specifier)?.[1] ?? null;
}
