import { copyFileSync, mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { cliFile } from "./cli-file.ts";
import {
  type Answer,
  type RunCliOptions,
  runNode,
  type TemporaryRepository,
  temporaryRepository,
} from "./temporary-repository.ts";

const PROJECT = join(import.meta.dirname, "../..");

/** A repository with packages installed, Growth Engine among them, in which programs of a user run. */
export interface InstalledProject extends TemporaryRepository {
  /** Runs Node in the top of the project. */
  runNode(words: string[], options?: RunCliOptions): Promise<Answer>;
}

/** Packages as they lie in `node_modules`: the folder, the name in the manifest, and whether `require` takes it. */
const BANNED = [
  { folder: "context7-mcp", name: "context7-mcp", code: "export const ask = () => 'answer of context7';" },
  { folder: "docs", name: "@upstash/context7-mcp", code: "export const find = () => 'page of upstash';" },
  {
    folder: "evendetails",
    name: "evendetails",
    code: "export const plain = () => 'context7 is only a word';",
  },
];

function install(repository: TemporaryRepository): void {
  const own = join(repository.folder, "node_modules/growth-engine");
  mkdirSync(own, { recursive: true });
  copyFileSync(join(PROJECT, "package.json"), join(own, "package.json"));
  symlinkSync(dirname(cliFile()), join(own, "dist"), "junction");
  for (const { folder, name, code } of BANNED) {
    const manifest = {
      name,
      version: "1.0.0",
      type: "module",
      exports: { ".": "./index.js", "./sub": "./sub.js" },
    };
    repository.write(`node_modules/${folder}/package.json`, JSON.stringify(manifest));
    repository.write(`node_modules/${folder}/index.js`, code);
    repository.write(`node_modules/${folder}/sub.js`, code);
  }
}

/**
 * A git repository in which Growth Engine is installed as built, beside `context7-mcp`, `docs` (an npm alias of
 * `@upstash/context7-mcp`) and `evendetails`, which only mentions a banned name. `tools` are linked from this project.
 */
export function installedProject(
  files: Record<string, string>,
  tools: readonly string[] = [],
): InstalledProject {
  const repository = temporaryRepository({
    ".gitignore": "node_modules/\ndist/\n",
    "package.json": JSON.stringify({ name: "shop", type: "module" }),
    ...files,
  });
  install(repository);
  for (const tool of tools) {
    const link = join(repository.folder, "node_modules", tool);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(PROJECT, "node_modules", tool), link, "junction");
  }
  return {
    ...repository,
    runNode: (words, options = {}) => runNode(words, { cwd: repository.folder, ...options }),
  };
}
