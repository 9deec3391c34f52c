import { parentPort, workerData } from "node:worker_threads";
import { type Part, readPart } from "../../features/evidence/index.ts";

/** Reads what it was started with and answers once. What it throws ends it, and its starter with it. */
async function answer(): Promise<void> {
  const read = await readPart(workerData as Part);
  const buffers = read.ids.flatMap(({ lows, starts }) => [lows.buffer, starts.buffer]);
  parentPort?.postMessage(read, buffers as ArrayBuffer[]);
}

void answer();
