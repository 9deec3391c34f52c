export type { BanFacts } from "./facts.ts";
export { type FirstLook, firstLook, nothingMentioned } from "./first-look.ts";
export { importedPackages } from "./imported-packages.ts";
export { judgeBan, summariseBan } from "./judge-ban.ts";
export { listViolations, type Violation } from "./list-violations.ts";
export { type ScanOptions, scanTree } from "./scan-tree.ts";
