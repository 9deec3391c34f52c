import type { Tree } from "../../../platform/git/index.ts";
import type { Resolver } from "../resolve/resolver.ts";
import { asksForText } from "../resolve/specifiers.ts";
import { readSuspects, type Suspect } from "../search/find-mentions.ts";
import { hasCodeName, isCode, runsAs } from "../search/is-code.ts";
import { mayRun } from "../search/may-run.ts";
import { type Needle, plainSpellingsOf, spellingsOf } from "../search/spellings.ts";
import { type LocalStart, localStarts, MAY_START } from "../spawn/local-starts.ts";
import { readScript } from "../spawn/read-script.ts";
import { scriptKind } from "../spawn/script-kind.ts";
import { literalsWith, NAMELESS } from "./literals-with.ts";
import { needlesOf, pathsOf } from "./needles.ts";
import type { Outside } from "./outside-production.ts";
import { isScriptKey, OwnScripts } from "./own-scripts.ts";
import type { SourceFiles } from "./source-files.ts";

/** A file that imports another, and where. */
export interface Importer {
  path: string;
  line: number;
  /** It could not be parsed: the place is where its text names the file. */
  broken: boolean;
  /** No importer, but a link that puts the file in this place. */
  link: boolean;
  /** Its name is none of code: it runs only where somebody loads it. */
  loaded: boolean;
}

type ReadSuspect = Exclude<Suspect, { tooLarge: number }>;

/** Above this many needles the search leaves out all disguises but `\x` and `\u`, which stay cheap. */
const MANY_NEEDLES = 60;
/** Where more files than this lead to a tainted one, going backwards step by step is cheaper. */
const MAX_ANCESTORS = 100;
/** What folds a folder and a name into a path: `__dirname + "/x"`, `path.join(import.meta.dirname, "x")`. */
const JOINS_PATHS = /\b__dirname\b|\bimport\.meta\.dir|\bjoin\s*\(|\bresolve\s*\(|\bfork\s*\(|\bWorker\s*\(/;
/** A command may name a file within a longer text. */
function mayNameFiles(text: string): boolean {
  return JOINS_PATHS.test(text) || MAY_START.test(text);
}
function expressionsOf(needles: readonly Needle[]): string[] {
  const nameless = [...NAMELESS].filter(([needle]) => needles.includes(needle));
  const named = needles.filter((needle) => !NAMELESS.has(needle));
  return [
    ...nameless.map(([, { expression }]) => expression),
    ...(named.length <= MANY_NEEDLES ? spellingsOf(named) : plainSpellingsOf(named)),
  ];
}

function isShell({ path, text }: ReadSuspect): boolean {
  const kind = isCode(path, text) ? null : scriptKind(path, text);
  return kind === "shell" || kind === "windows";
}

function lineAt(text: string, at: number): number {
  let line = 1;
  for (let next = text.indexOf("\n"); next >= 0 && next < at; next = text.indexOf("\n", next + 1)) line += 1;
  return line;
}

/** Finds the files that import others, by searching for what such imports must hold and resolving what is found. */
export class Importers {
  readonly #tree: Tree;
  readonly #resolver: Resolver;
  readonly #sources: SourceFiles;
  readonly #outside: Outside | null;
  readonly #scripts: OwnScripts;
  readonly #known = new Map<string, Importer[]>();
  /** Files whose names are none of code. */
  readonly #loaded = new Set<string>();
  readonly #needles = new Map<string, readonly Needle[]>();
  #ahead: { files: ReadonlySet<string>; suspects: Promise<Suspect[]> } | null = null;

  /** @param outside the code outside of production; null when it is too much for a search of its own */
  constructor(tree: Tree, resolver: Resolver, outside: Outside | null, sources: SourceFiles) {
    this.#tree = tree;
    this.#resolver = resolver;
    this.#outside = outside;
    this.#sources = sources;
    this.#scripts = new OwnScripts(resolver);
  }

  #needlesOf(file: string): readonly Needle[] {
    const needles = this.#needles.get(file) ?? [
      ...(isScriptKey(file) ? [] : needlesOf(file, this.#resolver)),
      ...this.#scripts.needlesTo(file),
    ];
    this.#needles.set(file, needles);
    return needles;
  }

  #search(files: Iterable<string>, pathspecs?: readonly string[]): Promise<Suspect[]> {
    const needles = [...files].flatMap((file) => this.#needlesOf(file));
    return readSuspects(this.#tree, expressionsOf(needles), pathspecs);
  }

  /** Searches the code outside of production. */
  async #searchOutside(outside: Outside, files: ReadonlySet<string>): Promise<readonly Suspect[]> {
    return "pathspecs" in outside ? this.#search(files, outside.pathspecs) : outside.read();
  }

  /**
   * Files outside of production that may lead to these, found by searches of that part of the tree alone;
   * null when there are many. One that is missed, behind a disguise, is only found later, and slower.
   */
  async #ancestorsOutside(files: readonly string[]): Promise<string[] | null> {
    if (this.#outside === null) return null;
    const found = new Set(files);
    for (let frontier = new Set(files); frontier.size > 0; ) {
      const needles = [...frontier].flatMap((file) => this.#needlesOf(file));
      const asked = frontier;
      frontier = new Set();
      for (const suspect of await this.#searchOutside(this.#outside, asked)) {
        if ("tooLarge" in suspect || found.has(suspect.path)) continue;
        if (this.#literalsTo(suspect.path, suspect.text, needles, asked).length > 0)
          frontier.add(suspect.path);
      }
      for (const path of frontier) found.add(path);
      if (found.size > MAX_ANCESTORS) return null;
    }
    return [...found];
  }

  /**
   * Begins the searches that are likely to be asked for next, while there is other work to do: first for all that
   * may lead to the files outside of production, where little is to be searched, then once for who imports any of it.
   */
  async searchAhead(files: readonly string[]): Promise<void> {
    if (files.every((file) => this.#ahead?.files.has(file))) return;
    const all = (await this.#ancestorsOutside(files)) ?? files;
    const suspects = this.#search(all);
    // Thrown where it is awaited, if ever.
    suspects.catch(() => undefined);
    this.#ahead = { files: new Set(all), suspects };
  }

  /** Of these files, whose names are none of code, the ones that some code loads. */
  async loaded(files: readonly string[]): Promise<Set<string>> {
    for (const file of files) this.#loaded.add(file);
    const known = await this.of(files);
    return new Set(files.filter((file) => (known.get(file) ?? []).length > 0));
  }

  /** Who imports each of the files, in path order; the first place of each importer. */
  async of(files: readonly string[]): Promise<ReadonlyMap<string, readonly Importer[]>> {
    const unknown = files.filter((file) => !this.#known.has(file));
    if (unknown.length === 0) return this.#known;
    const ahead = unknown.every((file) => this.#ahead?.files.has(file)) ? this.#ahead : null;
    const asked = ahead?.files ?? new Set(unknown);
    const suspects = await (ahead?.suspects ?? this.#search(asked));
    const needles = [...asked].flatMap((file) => this.#needlesOf(file));
    for (const file of asked) this.#known.set(file, this.#linksTo(file));
    for (const suspect of suspects) {
      if ("tooLarge" in suspect) continue;
      if (isShell(suspect)) {
        this.#examineShell(suspect, asked);
        continue;
      }
      if (!isCode(suspect.path, suspect.text)) {
        if (!mayRun(suspect.path, suspect.text)) continue;
        this.#loaded.add(suspect.path);
      }
      await this.#examine(suspect, needles, asked);
    }
    for (const file of asked) this.#known.get(file)?.sort((a, b) => (a.path < b.path ? -1 : 1));
    return this.#known;
  }

  /** A link to a file, or to a folder above it, puts the file in another place. */
  #linksTo(file: string): Importer[] {
    if (isScriptKey(file)) return [];
    const [, ...others] = pathsOf(file, this.#resolver.files.links);
    const isLoaded = this.#loaded.has(file);
    return others.map((path) => ({
      path,
      line: 1,
      broken: false,
      link: true,
      loaded: isLoaded && !hasCodeName(path),
    }));
  }

  #leadsTo(path: string, specifier: string, asked: ReadonlySet<string>): string[] {
    if (asksForText(specifier)) return [];
    return this.#resolver.resolve(path, specifier).files.filter((file) => asked.has(file) && file !== path);
  }

  #startedBy(path: string, what: LocalStart, asked: ReadonlySet<string>): string[] {
    return this.#scripts.filesOf(path, what).filter((file) => asked.has(file) && file !== path);
  }

  /** A script of a shell leads to what its commands run. */
  #examineShell({ path, text }: ReadSuspect, asked: ReadonlySet<string>): void {
    const seen = new Set<string>();
    for (const { words, line } of readScript(scriptKind(path, text) ?? "shell", text)) {
      const files = localStarts(words).flatMap((what) => this.#startedBy(path, what, asked));
      for (const file of files) {
        if (!seen.has(file))
          this.#known.get(file)?.push({ path, line, broken: false, link: false, loaded: false });
        seen.add(file);
      }
    }
  }

  #literalsTo(
    path: string,
    text: string,
    needles: readonly Needle[],
    asked: ReadonlySet<string>,
  ): [literal: string, at: number][] {
    return [...literalsWith(text, needles)].filter(
      ([literal]) => this.#leadsTo(path, literal, asked).length > 0,
    );
  }

  /**
   * May a file lead on although no literal in it does alone: by a path that it puts together, or by an import of the
   * repository's own that cannot be resolved, and is to be reported?
   */
  #mayLead(path: string, text: string, needles: readonly Needle[]): boolean {
    const literals = [...literalsWith(text, needles).keys()];
    if (literals.length > 0 && mayNameFiles(text)) return true;
    return literals.some((literal) => {
      const { files, local } = this.#resolver.resolve(path, literal);
      return local && files.length === 0;
    });
  }

  async #examine(
    suspect: ReadSuspect,
    needles: readonly Needle[],
    asked: ReadonlySet<string>,
  ): Promise<void> {
    const { path, text, revealed } = suspect;
    const literals = this.#literalsTo(path, revealed, needles, asked);
    if (literals.length === 0 && !this.#mayLead(path, revealed, needles)) return;
    const loaded = this.#loaded.has(path);
    const { statements, starts, broken } = await this.#sources[loaded ? "parseApart" : "parse"](path, text);
    if (loaded && broken !== null) return;
    const seen = new Set<string>();
    const add = (file: string, line: number, isBroken: boolean) => {
      if (!seen.has(file)) this.#known.get(file)?.push({ path, line, broken: isBroken, link: false, loaded });
      seen.add(file);
    };
    for (const { specifier, open, typeOnly, inlineTypes, line, form } of statements) {
      const erased = typeOnly && !(inlineTypes && this.#resolver.keepsInlineTypes(path));
      if (open || erased) continue;
      for (const file of this.#leadsTo(path, specifier, asked))
        if (runsAs(file, form)) add(file, line, false);
    }
    for (const { what, line } of starts)
      for (const file of this.#startedBy(path, what, asked)) add(file, line, false);
    if (broken === null) return;
    for (const [literal, at] of literals) {
      for (const file of this.#leadsTo(path, literal, asked))
        if (!this.#loaded.has(file)) add(file, lineAt(revealed, at), true);
    }
  }
}
