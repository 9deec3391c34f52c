import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";

/** Over this size an archive is not read. */
export const MAX_ARCHIVE = 256 << 20;
/** More than this is not unpacked from one archive: a hostile one would never end. */
export const MAX_UNPACKED = 1 << 30;
/** A longer file in an archive is not read. */
export const MAX_ENTRY = 64 << 20;
/** Records shrink to a tenth or a thirtieth. What shrinks to less than a fiftieth is made to keep us busy. */
const MAX_RATIO = 50;
/** Unpacked whatever the ratio: small archives of very equal lines are none of that. */
const ALWAYS_UNPACKED = 16 << 20;
const CHUNK_BYTES = 256 * 1024;

/** What unpacking came to. */
export interface Unpacked {
  bytes: number;
  /** More would have come out than is taken: then nothing of the archive counts. */
  isTooMuch: boolean;
}

/** One thing in a `tar.gz`. */
export interface Packed {
  /** As it stands there, without a leading `./`: judge it. */
  path: string;
  /** `file`, `directory`, `symlink`, … */
  type: string;
  size: number;
  /** Its bytes; what is not asked for is skipped. */
  content(): Promise<Buffer>;
}

/** The bytes inside a `tar.gz`, counted as they come out: padding, which the tar reader skips, costs as much. */
async function* inflate(archive: Buffer, most: number, unpacked: Unpacked): AsyncGenerator<Buffer> {
  const source = createGunzip({ chunkSize: CHUNK_BYTES });
  source.end(archive);
  try {
    for await (const part of source) {
      unpacked.bytes += (part as Buffer).length;
      unpacked.isTooMuch = unpacked.bytes > most;
      if (unpacked.isTooMuch) return;
      yield part as Buffer;
    }
  } finally {
    source.destroy();
  }
}

async function takeParts(entry: AsyncIterable<unknown>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of entry) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function skip(entry: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of entry);
}

/**
 * What a `tar.gz` holds, one after the other.
 * @param unpacked counts what came out
 * @throws Error where the archive is damaged, or holds more than is taken; what stood before was given
 */
export async function* unpackArchive(
  archive: Buffer,
  unpacked: Unpacked,
  maxUnpacked = MAX_UNPACKED,
): AsyncGenerator<Packed> {
  const most = Math.min(maxUnpacked, Math.max(ALWAYS_UNPACKED, archive.length * MAX_RATIO));
  const unpack = extract();
  const source = Readable.from(inflate(archive, most, unpacked));
  source.on("error", (error) => unpack.destroy(error));
  source.pipe(unpack);
  try {
    for await (const entry of unpack) {
      const { name, type, size } = entry.header;
      let taken: Promise<Buffer> | undefined;
      const content = () => (taken ??= takeParts(entry));
      yield { path: name.replace(/^\.\//, ""), type: type ?? "file", size: size ?? 0, content };
      await (taken ?? skip(entry));
    }
  } finally {
    source.destroy();
  }
}

/**
 * Gives each file of a `tar.gz` whose path is wanted to `visit`. A damaged archive holds what stands before the
 * damage: what could not be unpacked is not held, so its removal stays a rewrite.
 */
export async function readArchive(
  archive: Buffer,
  isWanted: (path: string) => boolean,
  visit: (path: string, content: Buffer) => void,
  maxUnpacked = MAX_UNPACKED,
): Promise<Unpacked> {
  const unpacked: Unpacked = { bytes: 0, isTooMuch: false };
  try {
    for await (const { path, type, size, content } of unpackArchive(archive, unpacked, maxUnpacked)) {
      if (type === "file" && isWanted(path) && size <= MAX_ENTRY) visit(path, await content());
    }
  } catch {
    return unpacked;
  }
  return unpacked;
}
