import type { RecordPath } from "../record/index.ts";
import { FirstReading, type LineChecks, type PartRead } from "./first-reading.ts";
import { readFiles } from "./working-evidence.ts";

/** Files for a thread to read. */
export interface Part extends LineChecks {
  root: string;
  files: readonly RecordPath[];
}

/** What a thread of its own does. @throws Fault FILE_FAILED */
export async function readPart({ root, files, ...checks }: Part): Promise<PartRead> {
  const reading = new FirstReading(checks);
  await reading.read(readFiles(root, files));
  return reading.result();
}
