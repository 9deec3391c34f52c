export type { Approval } from "./judge-override.ts";
export { type Judgement, judgeRange } from "./judge-range.ts";
export type { Subject } from "./subject.ts";
