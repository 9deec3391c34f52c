export type { Beat, Status, TaskBeats } from "./beat.ts";
export type { BackStep, BeatProblem, CitedFile, HeartbeatFacts, Omitted, RewrittenFile } from "./facts.ts";
export { type GatherOptions, gatherHeartbeat } from "./gather-heartbeat.ts";
export { type JudgeOptions, judgeHeartbeat } from "./judge-heartbeat.ts";
export { type WorkSpan, workSpan } from "./work-span.ts";
