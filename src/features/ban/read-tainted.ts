import { matchAlias } from "./dependencies/find-aliases.ts";
import type { Ground } from "./ground.ts";
import type { FoundSpawn, ParsedSource } from "./parse/parse-source.ts";
import type { Statement } from "./parse/statement.ts";
import type { SourceFiles } from "./reach/source-files.ts";
import { bareSpecifier } from "./resolve/resolver.ts";
import type { Suspect } from "./search/find-mentions.ts";
import { isCode, mustParse } from "./search/is-code.ts";

/** What reading tainted files needs to know. */
type TaintGround = Omit<Ground, "ways">;
type Named = Statement & { package: string };

/** What one file of code does with banned packages. */
export interface TaintedFile {
  path: string;
  named: Named[];
  spawns: FoundSpawn[];
  broken: ParsedSource["broken"];
}

/** The banned package that a statement names, also under another name. */
function packageNamed({ banned, aliases }: TaintGround, path: string, statement: Statement): string | null {
  const specifier = bareSpecifier(statement.specifier);
  // Of a specifier that goes on, the name must be complete.
  if (statement.open && !/^(?:@[^/]+\/)?[^/@]+\//.test(specifier)) return null;
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
    return isCode(path, "") ? { path, named: [], spawns: [], broken: { reason, line: 1 } } : null;
  }
  if (!isCode(path, mention.text)) return null;
  const { statements, spawns, broken } = await sources.parse(path, mention.text);
  const named = statements.flatMap((statement) => {
    const match = packageNamed(ground, path, statement);
    return match === null ? [] : [{ ...statement, package: match }];
  });
  const tainted = { path, named: nameOnce(named), spawns, broken: mustParse(path) ? broken : null };
  return named.length + spawns.length > 0 || tainted.broken !== null ? tainted : null;
}

/** The files of code that name or start a banned package, or that might and could not be read. */
export async function readTainted(ground: TaintGround, sources: SourceFiles): Promise<TaintedFile[]> {
  const files = await Promise.all(ground.mentions.map((mention) => readFile(ground, sources, mention)));
  return files.filter((file) => file !== null);
}
