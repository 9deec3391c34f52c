export type { Beat, Status, TaskBeats } from "./beat.ts";
export type { BeatFacts, BeatProblem, CitedFile, HeartbeatFacts, Omitted, RewrittenFile } from "./facts.ts";
export { type GatherOptions, gatherHeartbeat } from "./gather-heartbeat.ts";
export { type JudgeOptions, judgeHeartbeat } from "./judge-heartbeat.ts";
export { summariseHeartbeat } from "./summarise-heartbeat.ts";
export { type WorkSpan, workSpan } from "./work-span.ts";
