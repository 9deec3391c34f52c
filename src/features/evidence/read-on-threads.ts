import { existsSync, lstatSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { Fault } from "../../platform/errors/index.ts";
import type { RecordPath } from "../record/index.ts";
import type { EvidenceSource } from "./evidence-source.ts";
import { FirstReading, type LineChecks, type PartRead } from "./first-reading.ts";
import { laterHalf } from "./later-half.ts";
import type { Part } from "./read-part.ts";

/** Stands beside the built files; where the source itself is run there is none, and one thread reads all. */
const THREAD = join(import.meta.dirname, "evidence-thread.cjs");

type Outcome = { read: PartRead } | { error: unknown };

/** What cannot be asked for its size is no reason to read differently: the reading says what is wrong with it. */
function bytesOf(path: string): number {
  try {
    return lstatSync(path).size;
  } catch {
    return 0;
  }
}

/** The files that a second thread reads; none where a second thread would not end earlier. */
function filesForThread({ root, files }: EvidenceSource): readonly RecordPath[] {
  if (root === undefined || availableParallelism() < 2 || !existsSync(THREAD)) return [];
  const onDisk = files.filter(({ archive }) => archive === undefined);
  return laterHalf(
    onDisk,
    onDisk.map(({ path }) => bytesOf(join(root, path))),
  );
}

/** Settles when the thread has: an error is no rejection, since nobody may be there any more to hear of it. */
function outcomeOf(thread: Worker): Promise<Outcome> {
  return new Promise((resolve) => {
    thread.on("message", (read: PartRead) => resolve({ read }));
    thread.on("error", (error) => resolve({ error }));
    thread.on("messageerror", (error) => resolve({ error }));
    thread.on("exit", (code) => {
      const message = `a thread that read evidence ended with code ${code} before it answered`;
      resolve({ error: new Fault("INTERNAL", message) });
    });
  });
}

/**
 * Reads all lines once, a large working tree on two threads. The second one takes the files at the end of the list,
 * so that its findings stand after the others, and both together say what one thread would.
 * @throws whatever ended either thread, that of the first one before that of the second
 */
export async function readOnThreads(source: EvidenceSource, checks: LineChecks): Promise<FirstReading> {
  const reading = new FirstReading(checks);
  const later = filesForThread(source);
  if (source.root === undefined || later.length === 0) {
    await reading.read(source.read());
    return reading;
  }
  const { tools, redacted } = checks;
  const thread = new Worker(THREAD, {
    workerData: { root: source.root, files: later, tools, redacted } satisfies Part,
  });
  try {
    const outcome = outcomeOf(thread);
    const elsewhere = new Set(later.map(({ path }) => path));
    await reading.read(source.read(({ path, archive }) => archive !== undefined || !elsewhere.has(path)));
    const settled = await outcome;
    if ("error" in settled) throw settled.error;
    reading.addPart(settled.read);
    return reading;
  } finally {
    await thread.terminate();
  }
}
