import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";

/** More than this is not unpacked from one archive: a hostile one would never end. */
export const MAX_UNPACKED = 1 << 30;
const MAX_ENTRY = 64 << 20;

/**
 * Gives each file of a `tar.gz` whose path is wanted to `visit`. A damaged archive holds what stands before the
 * damage: what could not be unpacked is not held, so its removal stays a rewrite.
 * @returns how many bytes were unpacked
 */
export async function readArchive(
  archive: Buffer,
  isWanted: (path: string) => boolean,
  visit: (path: string, content: Buffer) => void,
  maxUnpacked = MAX_UNPACKED,
): Promise<number> {
  const unpack = extract();
  const source = Readable.from([archive]).pipe(createGunzip());
  source.on("error", (error) => unpack.destroy(error));
  source.pipe(unpack);
  let total = 0;
  try {
    for await (const entry of unpack) {
      const path = entry.header.name.replace(/^\.\//, "");
      const keep = entry.header.type === "file" && isWanted(path) && (entry.header.size ?? 0) <= MAX_ENTRY;
      const parts: Buffer[] = [];
      for await (const part of entry) {
        total += (part as Buffer).length;
        if (total > maxUnpacked) return total;
        if (keep) parts.push(part as Buffer);
      }
      if (keep) visit(path, Buffer.concat(parts));
    }
  } catch {
    return total;
  } finally {
    source.destroy();
  }
  return total;
}
