/** The file on disk to which a specifier leads from this folder, links followed; null where it leads to none. */
export type FindOnDisk = (folder: string, specifier: string) => string | null;

/** What Node, TypeScript and bundlers try between them: it is asked whether any of them would find something. */
export const RESOLUTION = {
  extensions: [
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
  ],
  conditionNames: ["node", "import", "require", "default"],
  mainFields: ["module", "main", "browser"],
  extensionAlias: { ".js": [".js", ".ts", ".tsx"], ".mjs": [".mjs", ".mts"], ".cjs": [".cjs", ".cts"] },
};
