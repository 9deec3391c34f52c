import { createHash } from "node:crypto";
import { messageOf } from "../../../platform/errors/index.ts";
import { monthOf, parseRecordPath, type RecordPath } from "../record-path.ts";
import { MANIFEST, MAX_ENTRIES, parseManifest } from "./manifest.ts";
import { MAX_ENTRY, type Packed, type Unpacked, unpackArchive } from "./read-archive.ts";

/** A record file in an archive, whose bytes are those of the manifest. */
export interface ArchivedFile {
  file: RecordPath;
  content: Buffer;
  /** SHA-256 of `content`. */
  sum: string;
}

/** Names in messages are cut to this length. */
const MAX_SHOWN = 200;
/** No system takes a longer path. */
const MAX_PATH = 4_096;
const MAX_MANIFEST = 32 << 20;

function quote(path: string): string {
  return JSON.stringify(path.slice(0, MAX_SHOWN));
}

export function sha256(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

function whyNoRecord(path: string): string {
  if (path.startsWith("/")) return "is absolute";
  return path.split("/").includes("..") ? "leads out of the repository" : "is no record file";
}

/** Holds the entries of one archive against its manifest and against each other. */
class Inspection {
  readonly #archive: string;
  readonly #seen = new Set<string>();
  #sums: Map<string, string> | null = null;

  constructor(archive: string) {
    this.#archive = archive;
  }

  /** Reads the manifest. Returns what is wrong with it, or null. */
  async readManifest({ path, type, size, content }: Packed): Promise<string | null> {
    if (path !== MANIFEST || type !== "file")
      return `its first entry is no ${MANIFEST}, so no sum can be compared`;
    if (size <= MAX_MANIFEST) this.#sums = parseManifest(await content());
    return this.#sums === null ? `its ${MANIFEST} cannot be read, so no sum can be compared` : null;
  }

  /** The record file that an entry is, or why it is none and is not read. */
  identify({ path, type, size }: Packed): RecordPath | string {
    const file = path.length <= MAX_PATH ? parseRecordPath(path) : null;
    if (type !== "file") return `is a ${type}, not a file`;
    if (file === null) return whyNoRecord(path);
    if (this.#seen.has(path)) return "stands in it twice; the later one was not read";
    this.#seen.add(path);
    const month = monthOf(this.#archive);
    if (month !== null && !file.date.startsWith(month)) return `is not of ${month}`;
    if (size > MAX_ENTRY) return "is larger than 64 MiB";
    if (this.#sums !== null && !this.#sums.has(path)) return `is not in ${MANIFEST}`;
    return { ...file, archive: this.#archive };
  }

  isFull(): boolean {
    return this.#seen.size > MAX_ENTRIES;
  }

  /** Is this what the manifest says? Without a manifest there is nothing to compare. */
  matches(path: string, sum: string): boolean {
    return this.#sums === null || this.#sums.get(path) === sum;
  }

  missing(): string[] {
    return [...(this.#sums?.keys() ?? [])].filter((path) => !this.#seen.has(path));
  }
}

/**
 * The wanted record files of an archive whose bytes are those that its manifest names. Whatever is wrong with the
 * archive or an entry is reported, as a sentence part that goes on from the archive's name, and the rest is still
 * read. Holds one file at a time.
 */
export async function* readArchived(
  archive: string,
  packed: Buffer,
  isWanted: (file: RecordPath) => boolean,
  report: (problem: string) => void,
): AsyncGenerator<ArchivedFile> {
  const inspection = new Inspection(archive);
  const unpacked: Unpacked = { bytes: 0, isTooMuch: false };
  let last: string | null = null;
  let isDamaged = true;
  try {
    for await (const entry of unpackArchive(packed, unpacked)) {
      const isFirst = last === null;
      last = entry.path;
      const wrong = isFirst ? await inspection.readManifest(entry) : null;
      if (wrong !== null) report(wrong);
      if (entry.type === "directory" || (isFirst && entry.path === MANIFEST)) continue;
      const file = inspection.identify(entry);
      if (inspection.isFull()) break;
      if (typeof file === "string") report(`entry ${quote(entry.path)} ${file}`);
      else if (isWanted(file)) {
        const content = await entry.content();
        const sum = sha256(content);
        if (inspection.matches(file.path, sum)) yield { file, content, sum };
        else report(`entry ${quote(file.path)} has another SHA-256 than ${MANIFEST} names; it was not read`);
      }
    }
    isDamaged = false;
  } catch (error) {
    const where = last === null ? "at its beginning" : `in or after entry ${quote(last)}`;
    if (!unpacked.isTooMuch) report(`is damaged ${where}: ${messageOf(error)}; the rest was not read`);
  }
  if (unpacked.isTooMuch)
    report(
      `unpacks to more than fifty times its size, or over 1 GiB (in or after entry ${quote(last ?? "")}); the rest was not read`,
    );
  else if (inspection.isFull()) report(`holds more than ${MAX_ENTRIES} files; the rest was not read`);
  else if (!isDamaged) {
    if (last === null) report("holds no entry");
    for (const path of inspection.missing())
      report(`does not hold ${quote(path)}, which its ${MANIFEST} names`);
  }
}
