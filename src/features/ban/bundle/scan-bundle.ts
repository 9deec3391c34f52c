import { readFile, stat } from "node:fs/promises";
import { join, posix } from "node:path";
import { Fault, messageOf, Refusal, systemCode } from "../../../platform/errors/index.ts";
import type { Finding } from "../../../vocabulary/finding.ts";
import type { BannedPackages } from "../banned-packages.ts";
import { bundledModules } from "./bundled-modules.ts";
import { INLINE_MAP, inlineMaps } from "./inline-maps.ts";
import { listBuiltFiles } from "./list-built-files.ts";
import { readSourceMap } from "./read-source-map.ts";
import { searchFile } from "./search-file.ts";

/** Larger files are searched in pieces and not parsed. */
const MAX_PARSED = 128 << 20;
const CODE = /\.[cm]?jsx?$/i;
const MAP = /\.map$/i;
/** Other files of that ending, a game's map say, need not be source maps. */
const SURE_MAP = /\.(?:[cm]?[jt]sx?|css)\.map$/i;
const HINT = "find the import with growth-engine ban scan, cut it and build again";

/** What is known of one built file. */
interface Built {
  path: string;
  banned: BannedPackages;
}

function unreadable(path: string, reason: string): Finding {
  return {
    rule: "ban/unparsable",
    message: `built file is not readable: ${reason}, so what it holds could not be seen`,
    file: path,
    hint: "build again, or name only the folder that the build writes",
  };
}

/** A scope may be written `@scope\/name`, so only what follows it is looked for. */
function needlesOf(banned: BannedPackages): string[] {
  return banned.names.map((name) => name.slice(name.lastIndexOf("/") + 1));
}

function decoded(source: string): string {
  try {
    return source.includes("%") ? decodeURIComponent(source) : source;
  } catch {
    return source;
  }
}

/** One finding for each banned package of which a map names sources. */
function judgeMap(text: string, { path, banned }: Built): Finding[] {
  const map = readSourceMap(text);
  if ("broken" in map) return [unreadable(path, `${map.broken} (source map)`)];
  const found = new Map<string, { first: string; count: number }>();
  for (const written of map.sources) {
    const source = decoded(written);
    const name = banned.matchPath(source) ?? banned.matchPath(posix.join(posix.dirname(path), source));
    if (name === null) continue;
    const known = found.get(name);
    if (known) known.count += 1;
    else found.set(name, { first: source, count: 1 });
  }
  return [...found].map(([name, { first, count }]) => ({
    rule: "ban/bundle",
    message: `source map names ${count === 1 ? "a source" : `${count} sources`} of ${name}: ${first}`,
    file: path,
    hint: HINT,
  }));
}

function placeOf(code: string, start: number): { line: number; column: number } {
  let line = 1;
  let begin = 0;
  for (let at = code.indexOf("\n"); at >= 0 && at < start; at = code.indexOf("\n", at + 1)) {
    line += 1;
    begin = at + 1;
  }
  return { line, column: start - begin + 1 };
}

async function judgeCode(code: string, built: Built): Promise<Finding[]> {
  const findings = inlineMaps(code).flatMap((map) => judgeMap(map, built));
  if (!needlesOf(built.banned).some((needle) => code.includes(needle))) return findings;
  const read = await bundledModules(code, built.banned);
  if ("broken" in read) return [...findings, unreadable(built.path, read.broken)];
  for (const { package: name, how, start } of read.modules) {
    const message = how === "loads" ? `built code loads ${name}` : `built code holds a module of ${name}`;
    findings.push({ rule: "ban/bundle", message, file: built.path, ...placeOf(code, start), hint: HINT });
  }
  return findings;
}

/** Of a file that is too large to parse only this can be said: whether it may hold something. */
async function judgeLarge(file: string, { path, banned }: Built): Promise<Finding[]> {
  const texts = MAP.test(path) ? needlesOf(banned) : [...needlesOf(banned), INLINE_MAP];
  return (await searchFile(file, texts))
    ? [unreadable(path, `it is over ${MAX_PARSED >> 20} MiB and mentions a banned package or a source map`)]
    : [];
}

async function judgeFile(directory: string, built: Built): Promise<Finding[]> {
  const file = join(directory, built.path);
  if ((await stat(file)).size > MAX_PARSED) return judgeLarge(file, built);
  const content = await readFile(file);
  if (MAP.test(built.path)) {
    const findings = judgeMap(content.toString("utf8"), built);
    return SURE_MAP.test(built.path) ? findings : findings.filter(({ rule }) => rule === "ban/bundle");
  }
  const isWorthIt = [...needlesOf(built.banned), INLINE_MAP].some((needle) => content.includes(needle));
  return isWorthIt ? judgeCode(content.toString("utf8"), built) : [];
}

function refuseFile(path: string): (error: unknown) => never {
  return (error) => {
    if (systemCode(error) === undefined) throw error;
    throw new Fault("FILE_FAILED", `${path} cannot be read: ${messageOf(error)}`, {
      hint: "check the file's permissions",
      cause: error,
    });
  };
}

/** Built output that carries its `node_modules` along (a standalone server, say) holds what lies in there. */
function judgeFolders(paths: readonly string[], banned: BannedPackages): Finding[] {
  const first = new Map<string, string>();
  for (const path of paths) {
    const name = banned.matchPath(path);
    if (name !== null && !first.has(name)) first.set(name, path);
  }
  return [...first].map(([name, file]) => ({
    rule: "ban/bundle",
    message: `built output carries the package ${name}`,
    file,
    hint: `build with production dependencies only, and keep ${name} out of them`,
  }));
}

/**
 * Banned packages in built output: sources that its maps name, modules it holds, packages it still loads or carries.
 * Paths are relative to the folder. `files` counts the code and maps that were looked at.
 * @throws Refusal when there is no such folder, or nothing built in it
 */
export async function scanBundle(
  directory: string,
  banned: BannedPackages,
): Promise<{ findings: Finding[]; files: number }> {
  const paths = (await listBuiltFiles(directory)).filter((path) => CODE.test(path) || MAP.test(path));
  if (paths.length === 0) {
    throw new Refusal("INPUT_INVALID", `${directory} holds neither JavaScript nor source maps`, {
      hint: "build first, then name the folder that the build wrote, such as --bundle dist",
    });
  }
  const findings = judgeFolders(paths, banned);
  for (const path of paths) {
    // Its package is reported as a whole.
    if (banned.matchPath(path) !== null) continue;
    findings.push(...(await judgeFile(directory, { path, banned }).catch(refuseFile(path))));
  }
  return { findings, files: paths.length };
}
