import { setImmediate as turn } from "node:timers/promises";
import { isRefusal } from "../../../platform/errors/index.ts";
import { cleanReference } from "../../../vocabulary/clean-reference.ts";
import { holdSecrets, redactSecrets } from "../redact-secrets.ts";

type Entry = Readonly<Record<string, unknown>>;

/** An entry without secrets. */
export interface CleanEntry {
  entry: Entry;
  /** Whether something was taken out. */
  redacted: boolean;
}

/** Some milliseconds of searching: the server answers others between two slices. */
const SLICE = 250;

function cleanOne(entry: Entry): CleanEntry {
  if (typeof entry.doc_ref !== "string") return { entry, redacted: false };
  const { reference, removed } = cleanReference(entry.doc_ref);
  return removed.length === 0
    ? { entry, redacted: false }
    : { entry: { ...entry, doc_ref: reference }, redacted: true };
}

async function cleanSlice(slice: readonly Entry[]): Promise<(CleanEntry | null)[]> {
  const referenced = slice.map(cleanOne);
  try {
    if (!(await holdSecrets(referenced.map(({ entry }) => entry)))) return referenced;
    const { entries, taken } = await redactSecrets(referenced.map(({ entry }) => entry));
    const touched = new Set(taken.map(({ entry }) => entry));
    return referenced.map(({ redacted }, index) => ({
      entry: entries[index] ?? {},
      redacted: redacted || touched.has(index),
    }));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (slice.length === 1) return [null];
    // One of them is nested too deeply to be searched: the others are not its business.
    const apart: (CleanEntry | null)[] = [];
    for (const entry of slice) apart.push(...(await cleanSlice([entry])));
    return apart;
  }
}

/** Takes out of entries what must not be kept; null for one that is nested too deeply to be searched. */
export async function takeSecrets(entries: readonly Entry[]): Promise<(CleanEntry | null)[]> {
  const clean: (CleanEntry | null)[] = [];
  for (let at = 0; at < entries.length; at += SLICE) {
    clean.push(...(await cleanSlice(entries.slice(at, at + SLICE))));
    await turn();
  }
  return clean;
}
