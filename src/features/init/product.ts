import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../../platform/errors/index.ts";
import { isUnfinished } from "../../platform/files/index.ts";
import { TOOL_FOLDER } from "./tool-folder.ts";

/** The parts of this installation that init hands out. */
export interface Product {
  /** The tool as one folder that runs anywhere. */
  tool: string;
  templates: string;
}

/** What init itself writes beside the copy of the tool, and what only the tests of a build read. */
const BESIDE_THE_TOOL = new Set(["init.json", "ci.sh", "pre-push.sh", "contents.json"]);

/**
 * Finds what belongs to the running program: installed, the copy lies in `portable/` beside it; run from such a copy,
 * it is that copy.
 * @param here the folder of the running program
 */
export function findProduct(here: string): Product {
  const portable = join(here, "portable");
  const tool = existsSync(join(portable, "cli.cjs")) ? portable : here;
  if (existsSync(join(tool, "templates"))) return { tool, templates: join(tool, "templates") };
  throw new Fault("FILE_FAILED", "this installation lacks the copy of the tool that init hands out", {
    hint: "install growth-engine again",
  });
}

/** The files of the tool, by path inside its folder; in path order. */
export function readTool({ tool }: Product): Map<string, Buffer> {
  const entries = readdirSync(tool, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && !isUnfinished(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(tool.length + 1)
        .replaceAll("\\", "/"),
    )
    .filter((path) => !BESIDE_THE_TOOL.has(path))
    .sort();
  return new Map(paths.map((path) => [`${TOOL_FOLDER}/${path}`, readFileSync(join(tool, path))]));
}

/** One of the published templates. */
export function readTemplate({ templates }: Product, name: string): string {
  return readFileSync(join(templates, name), "utf8");
}
