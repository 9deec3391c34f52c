import { posix } from "node:path";
import type { Finding } from "../../../vocabulary/finding.ts";
import type { BannedPackages } from "../banned-packages.ts";
import { bundledModules } from "./bundled-modules.ts";
import { inlineMaps } from "./inline-maps.ts";
import { readSourceMap } from "./read-source-map.ts";

const MAP = /\.map$/i;
/** Other files of that ending, a game's map say, need not be source maps. */
const SURE_MAP = /\.(?:[cm]?[jt]sx?|css)\.map$/i;
const HINT = "find the import with growth-engine ban scan, cut it and build again";

/** What is known of one built file. */
export interface Built {
  path: string;
  banned: BannedPackages;
}

export function unreadableBuilt(path: string, reason: string): Finding {
  return {
    rule: "ban/unparsable",
    message: `built file is not readable: ${reason}, so what it holds could not be seen`,
    file: path,
    hint: "build again, or name only the folder that the build writes",
  };
}

/** A scope may be written `@scope\/name`, so only what follows it is looked for. */
export function needlesOf(banned: BannedPackages): string[] {
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
  if ("broken" in map) return [unreadableBuilt(path, `${map.broken} (source map)`)];
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
  if ("broken" in read) return [...findings, unreadableBuilt(built.path, read.broken)];
  for (const { package: name, how, start } of read.modules) {
    const message = how === "loads" ? `built code loads ${name}` : `built code holds a module of ${name}`;
    findings.push({ rule: "ban/bundle", message, file: built.path, ...placeOf(code, start), hint: HINT });
  }
  return findings;
}

/** What one built file holds of banned packages: code as its syntax tree shows it, a source map by its sources. */
export async function searchBuilt(text: string, built: Built): Promise<Finding[]> {
  if (!MAP.test(built.path)) return judgeCode(text, built);
  const findings = judgeMap(text, built);
  return SURE_MAP.test(built.path) ? findings : findings.filter(({ rule }) => rule === "ban/bundle");
}
