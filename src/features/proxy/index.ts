export { SeenRecorder } from "./record/record-seen.ts";
export type { RecorderTask } from "./record/seen-messages.ts";
