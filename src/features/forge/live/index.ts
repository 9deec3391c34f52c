export type { JudgeFork } from "./fork/read-fork.ts";
export { startForkReader } from "./fork/start-fork-reader.ts";
export { openIdWayIn } from "./trust/open-id-way-in.ts";
