import { type BlobReader, openBlobs, type Repository } from "../../platform/git/index.ts";
import { linesOf } from "./lines-of.ts";

/** Lines held at a time, in bytes of their files: a branch may hold thousands of versions of one file. */
const MAX_HELD = 128 << 20;

/** Line lists of blobs, read when asked for; the latest asked for are kept. */
export class LineVersions {
  readonly #reader: BlobReader;
  readonly #maxCompared: number;
  readonly #held = new Map<string, { lines: readonly string[] | null; bytes: number }>();
  #bytes = 0;

  constructor(repository: Repository, maxCompared: number) {
    this.#reader = openBlobs(repository);
    this.#maxCompared = maxCompared;
  }

  /** `[]` for a file that is not there; null for one over the limit. */
  async of(blob: string | null): Promise<readonly string[] | null> {
    if (blob === null) return [];
    const held = this.#held.get(blob) ?? (await this.#read(blob));
    this.#held.delete(blob);
    this.#held.set(blob, held);
    return held.lines;
  }

  async #read(blob: string): Promise<{ lines: readonly string[] | null; bytes: number }> {
    const found = await this.#reader.read(blob, this.#maxCompared);
    const content = "content" in found ? found.content : null;
    const entry = { lines: content && linesOf(content), bytes: content?.length ?? 0 };
    this.#bytes += entry.bytes;
    for (const [id, { bytes }] of this.#held) {
      if (this.#bytes <= MAX_HELD) break;
      this.#held.delete(id);
      this.#bytes -= bytes;
    }
    return entry;
  }

  close(): void {
    this.#reader.close();
  }
}
