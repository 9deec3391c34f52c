import type { BannedPackages } from "../banned-packages.ts";
import type { ParsedSource } from "../parse/parse-source.ts";

/** Parses each file once. */
export class SourceFiles {
  readonly #banned: BannedPackages;
  /** Paths of the files that hold a banned name: only these can start a banned server. To be set before any is parsed. */
  mentions: ReadonlySet<string> = new Set();
  readonly #apart = new Map<string, Promise<ParsedSource>>();
  readonly #parsed = new Map<string, Promise<ParsedSource>>();

  constructor(banned: BannedPackages) {
    this.#banned = banned;
  }

  parse(path: string, text: string): Promise<ParsedSource> {
    const known = this.#parsed.get(path);
    if (known) return known;
    const parsed = this.#parse(path, text);
    this.#parsed.set(path, parsed);
    return parsed;
  }

  /** Parses a file that is code only where somebody loads it: what it imports in vain is nobody's concern. */
  parseApart(path: string, text: string): Promise<ParsedSource> {
    const parsed = this.#apart.get(path) ?? this.#parse(path, text);
    this.#apart.set(path, parsed);
    return parsed;
  }

  async #parse(path: string, text: string): Promise<ParsedSource> {
    const { parseSource } = await import("../parse/parse-source.ts");
    const isMention = this.mentions.has(path);
    return parseSource(path, text, { banned: isMention ? this.#banned : null, edgesOnly: !isMention });
  }

  /** All code that was parsed, in path order. */
  async all(): Promise<[path: string, parsed: ParsedSource][]> {
    const paths = [...this.#parsed.keys()].sort();
    return Promise.all(
      paths.map(async (path) => [path, await this.parse(path, "")] as [string, ParsedSource]),
    );
  }
}
