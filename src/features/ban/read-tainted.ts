import { matchAlias } from "./dependencies/find-aliases.ts";
import type { Ground } from "./ground.ts";
import type { FoundSpawn, ParsedSource } from "./parse/parse-source.ts";
import type { Statement } from "./parse/statement.ts";
import type { Importers } from "./reach/importers.ts";
import type { SourceFiles } from "./reach/source-files.ts";
import type { StartedFiles } from "./reach/started-files.ts";
import { bareSpecifier } from "./resolve/specifiers.ts";
import type { Suspect } from "./search/find-mentions.ts";
import { isCode, mustParse } from "./search/is-code.ts";
import { mayBeLoaded } from "./search/may-run.ts";

/** What reading tainted files needs to know. */
type TaintGround = Omit<Ground, "ways">;
type Named = Statement & { package: string };

/** What one file of code does with banned packages. */
export interface TaintedFile {
  path: string;
  named: Named[];
  spawns: FoundSpawn[];
  broken: ParsedSource["broken"];
  /** Its name is none of code: it counts only where somebody loads it. */
  loaded: boolean;
}

/** The banned package that a statement names, also under another name. */
function packageNamed({ banned, aliases }: TaintGround, path: string, statement: Statement): string | null {
  const specifier = bareSpecifier(statement.specifier);
  // Of a specifier that goes on, the name must be complete.
  if (statement.open && !/^(?:@[^/]+\/)?[^/@]+\//.test(specifier)) return null;
  if (/^https?:/i.test(specifier)) return banned.matchAddress(specifier);
  return banned.match(specifier) ?? matchAlias(aliases, path, specifier);
}

/** One statement may offer the same package twice, as `a ? "x" : "x/y"` does. */
function nameOnce(statements: readonly Named[]): Named[] {
  const seen = new Map(statements.map((named) => [`${named.line}:${named.column}:${named.package}`, named]));
  return [...seen.values()];
}

async function readFile(
  ground: TaintGround,
  sources: SourceFiles,
  mention: Suspect,
): Promise<TaintedFile | null> {
  const { path } = mention;
  if ("tooLarge" in mention) {
    const reason = `it has ${mention.tooLarge} bytes`;
    const loaded = !isCode(path, "");
    return { path, named: [], spawns: [], broken: { reason, line: 1 }, loaded };
  }
  const loaded = !isCode(path, mention.text);
  const { statements, spawns, broken } = await sources[loaded ? "parseApart" : "parse"](path, mention.text);
  // Text that nobody took for code before need not be readable as code.
  if (loaded && broken !== null) return null;
  const named = statements.flatMap((statement) => {
    const match = packageNamed(ground, path, statement);
    return match === null ? [] : [{ ...statement, package: match }];
  });
  const tainted = { path, named: nameOnce(named), spawns, broken: mustParse(path) ? broken : null, loaded };
  return named.length + spawns.length > 0 || tainted.broken !== null ? tainted : null;
}

/** Files whose names are none of code, as far as some code, or `ban.entries`, loads them. */
async function loadedMentions(
  { mentions, production }: TaintGround,
  importers: Importers,
  starting: () => Promise<StartedFiles>,
): Promise<Ground["mentions"]> {
  const may = mentions.filter(mayBeLoaded);
  if (may.length === 0) return [];
  const loaded = await importers.loaded(may.map(({ path }) => path));
  const started = await starting();
  return may.filter(({ path }) => loaded.has(path) || production.entries.has(path) || started.has(path));
}

/** The files that name or start a banned package, or that might and could not be read as the code they should be. */
export async function readTainted(
  ground: TaintGround,
  sources: SourceFiles,
  importers: Importers,
  starting: () => Promise<StartedFiles>,
): Promise<TaintedFile[]> {
  const code = ground.mentions.filter((mention) =>
    isCode(mention.path, "text" in mention ? mention.text : ""),
  );
  const all = [...code, ...(await loadedMentions(ground, importers, starting))];
  const files = await Promise.all(all.map((mention) => readFile(ground, sources, mention)));
  return files.filter((file) => file !== null);
}
