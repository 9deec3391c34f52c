import { type BlobReader, openBlobs, type Repository } from "../../platform/git/index.ts";
import { linesOf } from "./lines-of.ts";

/** Bytes of versions held at a time: a branch may hold thousands of versions of one file. */
const MAX_HELD = 64 << 20;
const NEWLINE = 10;

interface Version {
  /** Null over the limit. */
  content: Buffer | null;
  lines: readonly string[] | null;
}

/** Versions of record files, read when asked for; the latest asked for are kept. */
export class LineVersions {
  readonly #reader: BlobReader;
  readonly #maxCompared: number;
  readonly #held = new Map<string, Version>();
  #bytes = 0;

  constructor(repository: Repository, maxCompared: number) {
    this.#reader = openBlobs(repository);
    this.#maxCompared = maxCompared;
  }

  /** The line list of a blob: `[]` for a file that is not there, null for one over the limit. */
  async of(blob: string | null): Promise<readonly string[] | null> {
    if (blob === null) return [];
    const version = await this.#load(blob);
    version.lines ??= version.content && linesOf(version.content);
    return version.lines;
  }

  /** Are whole lines followed by more, byte for byte? The common case, decided without cutting lines. */
  async isAppended(earlier: string | null, later: string | null): Promise<boolean> {
    if (earlier === null || later === null) return false;
    const before = (await this.#load(earlier)).content;
    const after = (await this.#load(later)).content;
    if (before === null || after === null || before.at(-1) !== NEWLINE) return false;
    return after.subarray(0, before.length).equals(before);
  }

  async #load(blob: string): Promise<Version> {
    const version = this.#held.get(blob) ?? (await this.#read(blob));
    this.#held.delete(blob);
    this.#held.set(blob, version);
    return version;
  }

  async #read(blob: string): Promise<Version> {
    const found = await this.#reader.read(blob, this.#maxCompared);
    const content = "content" in found ? found.content : null;
    this.#bytes += content?.length ?? 0;
    for (const [id, { content: held }] of this.#held) {
      if (this.#bytes <= MAX_HELD) break;
      this.#held.delete(id);
      this.#bytes -= held?.length ?? 0;
    }
    return { content, lines: null };
  }

  close(): void {
    this.#reader.close();
  }
}
