import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";

/** More than this is not unpacked from one archive: a hostile one would never end. */
export const MAX_UNPACKED = 1 << 30;
const MAX_ENTRY = 64 << 20;
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
  const most = Math.min(maxUnpacked, Math.max(ALWAYS_UNPACKED, archive.length * MAX_RATIO));
  const unpacked: Unpacked = { bytes: 0, isTooMuch: false };
  const unpack = extract();
  const source = Readable.from(inflate(archive, most, unpacked));
  source.on("error", (error) => unpack.destroy(error));
  source.pipe(unpack);
  try {
    for await (const entry of unpack) {
      const path = entry.header.name.replace(/^\.\//, "");
      const keep = entry.header.type === "file" && isWanted(path) && (entry.header.size ?? 0) <= MAX_ENTRY;
      const parts: Buffer[] = [];
      for await (const part of entry) if (keep) parts.push(part as Buffer);
      if (keep) visit(path, Buffer.concat(parts));
    }
  } catch {
    return unpacked;
  } finally {
    source.destroy();
  }
  return unpacked;
}
