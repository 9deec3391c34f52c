export type { BanFacts } from "./facts.ts";
export { importedPackages } from "./imported-packages.ts";
export { judgeBan, summariseBan } from "./judge-ban.ts";
export { type ScanOptions, scanTree } from "./scan-tree.ts";
