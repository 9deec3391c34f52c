import type { BannedPackages } from "../banned-packages.ts";
import { type ParsedSource, parseSource } from "../parse/parse-source.ts";

/** Parses each file once. */
export class SourceFiles {
  readonly banned: BannedPackages;
  readonly #parsed = new Map<string, Promise<ParsedSource>>();

  constructor(banned: BannedPackages) {
    this.banned = banned;
  }

  parse(path: string, text: string): Promise<ParsedSource> {
    const known = this.#parsed.get(path);
    if (known) return known;
    const parsed = parseSource(path, text, this.banned);
    this.#parsed.set(path, parsed);
    return parsed;
  }

  /** All that was parsed, in path order. */
  async all(): Promise<[path: string, parsed: ParsedSource][]> {
    const paths = [...this.#parsed.keys()].sort();
    return Promise.all(
      paths.map(async (path) => [path, await this.parse(path, "")] as [string, ParsedSource]),
    );
  }
}
