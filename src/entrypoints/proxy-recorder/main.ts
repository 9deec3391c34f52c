import { parentPort, workerData } from "node:worker_threads";
import { type RecorderTask, SeenRecorder } from "../../features/proxy/index.ts";

if (parentPort !== null) new SeenRecorder(parentPort, workerData as RecorderTask);
