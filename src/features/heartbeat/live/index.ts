export { openRecorder, type Recorder } from "./open-recorder.ts";
export { progressedSince } from "./progress-store.ts";
export { recordColumns } from "./records/record-columns.ts";
export { HEARTBEAT_RECORDS, type KeptRecord } from "./records/record-store.ts";
export { lastHeard } from "./state-store.ts";
