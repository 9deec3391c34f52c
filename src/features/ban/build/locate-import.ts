import { readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { systemCode } from "../../../platform/errors/index.ts";
import type { ModuleBan } from "../module-ban.ts";
import { parseSource } from "../parse/parse-source.ts";
import type { Statement } from "../parse/statement.ts";
import { decodeSource } from "../search/decode-source.ts";
import { MAX_SOURCE_BYTES } from "../search/find-mentions.ts";
import { isCode } from "../search/is-code.ts";
import type { BuildModule } from "./build-graph.ts";

/** `src/docs/index.ts` and `./docs` are `…/docs` both. */
function stem(path: string): string {
  return path
    .replaceAll("\\", "/")
    .replace(/[?#][^/]*$/, "")
    .replace(/\.\w+$/, "")
    .replace(/\/index$/, "");
}

async function readStatements(file: string): Promise<Statement[]> {
  try {
    if ((await stat(file)).size > MAX_SOURCE_BYTES) return [];
    const text = decodeSource(await readFile(file));
    if (text === null || !isCode(file, text)) return [];
    return (await parseSource(file, text, { banned: null, edgesOnly: false })).statements;
  } catch (error) {
    // A module that a plugin made up has no file to show.
    if (systemCode(error) === undefined) throw error;
    return [];
  }
}

/** Ways to tell which statement leads to a module, the surest first: bundlers seldom say. */
function* questions(
  from: string,
  to: BuildModule,
  ban: ModuleBan,
): Generator<(specifier: string) => boolean> {
  const folder = dirname(from);
  const { file } = to;
  const name =
    to.external === null ? (file === null ? null : ban.ofFile(file)) : ban.ofSpecifier(to.external, folder);
  if (name !== null) yield (specifier) => ban.ofSpecifier(specifier, folder) === name;
  if (file === null) return;
  yield (specifier) => /^[./]/.test(specifier) && stem(resolve(folder, specifier)) === stem(file);
  // An alias of the bundler's own configuration, such as `@/lib/docs`.
  yield (specifier) => {
    const [, tail] = /([^/@~#]+(?:\/[^/]+)*)$/.exec(stem(specifier)) ?? [];
    return tail !== undefined && stem(file).endsWith(`/${tail.replace(/^.*?\//, "")}`);
  };
}

/** The line of the statement by which one file of a build imports a module; null where its source does not show it. */
export async function locateImport(from: string, to: BuildModule, ban: ModuleBan): Promise<number | null> {
  const statements = (await readStatements(from)).filter(({ typeOnly, open }) => !typeOnly && !open);
  for (const leads of questions(from, to, ban)) {
    const found = statements.find(({ specifier }) => leads(specifier));
    if (found) return found.line;
  }
  return null;
}
