import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { Fault, messageOf, Refusal, systemCode } from "../../../platform/errors/index.ts";
import type { Finding } from "../../../vocabulary/finding.ts";
import type { BannedPackages } from "../banned-packages.ts";
import { INLINE_MAP } from "./inline-maps.ts";
import { listBuiltFiles } from "./list-built-files.ts";
import { type Built, needlesOf, searchBuilt, unreadableBuilt } from "./search-built.ts";
import { searchFile } from "./search-file.ts";

/** Larger files are searched in pieces and not parsed. */
const MAX_PARSED = 128 << 20;
const CODE = /\.[cm]?jsx?$/i;
const MAP = /\.map$/i;
/** Of a file that is too large to parse only this can be said: whether it may hold something. */
async function judgeLarge(file: string, { path, banned }: Built): Promise<Finding[]> {
  const texts = MAP.test(path) ? needlesOf(banned) : [...needlesOf(banned), INLINE_MAP];
  return (await searchFile(file, texts))
    ? [
        unreadableBuilt(
          path,
          `it is over ${MAX_PARSED >> 20} MiB and mentions a banned package or a source map`,
        ),
      ]
    : [];
}

async function judgeFile(directory: string, built: Built): Promise<Finding[]> {
  const file = join(directory, built.path);
  if ((await stat(file)).size > MAX_PARSED) return judgeLarge(file, built);
  const content = await readFile(file);
  const isWorthIt =
    MAP.test(built.path) ||
    [...needlesOf(built.banned), INLINE_MAP].some((needle) => content.includes(needle));
  return isWorthIt ? searchBuilt(content.toString("utf8"), built) : [];
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
