import { isAbsolute, resolve } from "node:path";
import type { Action } from "../../vocabulary/action.ts";
import { type CallDescription, isDocumentation, patchedPaths, repositoryPath } from "../recorder/index.ts";

/** What a host's own tool does, whatever the host calls it. */
export type BuiltIn =
  | "read"
  | "edit"
  | "shell"
  | "repo-search"
  | "web-fetch"
  | "web-search"
  | "subagent"
  | "other";

/** What is said of a call of a built-in tool, with the files that it changed. */
export interface BuiltInDescription extends CallDescription {
  /** From the top of the repository. */
  files: readonly string[];
}

const PATHS = ["file_path", "filePath", "path", "notebook_path", "absolute_path", "target_file"];
const COMMANDS = ["command", "cmd", "script"];
const QUERIES = ["query", "search_query", "q"];
const PATCHES = ["patchText", "patch", "input", ...COMMANDS];
const ADDRESSES = ["url", "uri"];
const MOST_FILES = 50;
const ADDRESS = /https?:\/\/\S+/;

type Given = Readonly<Record<string, unknown>>;

function textIn(given: Given, names: readonly string[]): string | null {
  for (const name of names) {
    const value = given[name];
    if (typeof value === "string" && value.trim() !== "") return value;
    // Some hosts give a command as its words.
    if (Array.isArray(value) && value.every((word) => typeof word === "string")) return value.join(" ");
  }
  return null;
}

/** Program and verb of a command line, without arguments: those may hold anything. */
export function programOf(command: string): string {
  const words = command.trim().split(/\s+/).slice(0, 12);
  const start = words.findIndex((word) => !/^\w+=/.test(word));
  const program = (words[start] ?? "").split("/").at(-1) ?? "";
  if (!/^[\w.+-]{1,40}$/.test(program)) return "a command";
  const verb = words[start + 1] ?? "";
  return /^[a-z][a-z:-]{0,20}$/.test(verb) ? `${program} ${verb}` : program;
}

const actionOf = (what: BuiltIn, file: string | undefined): Action => {
  if (what === "edit") return "edit";
  if (what === "shell") return "run";
  if (what === "web-fetch" || what === "web-search") return "consult";
  return what === "read" && file !== undefined && isDocumentation(file) ? "consult" : "other";
};

function addressIn(given: Given): string | null {
  const text = textIn(given, [...ADDRESSES, "prompt"]);
  return ADDRESS.exec(text ?? "")?.[0] ?? null;
}

function filesIn(what: BuiltIn, given: Given, root: string, folder: string): string[] {
  if (what !== "edit" && what !== "read") return [];
  const path = textIn(given, PATHS);
  const paths = path === null ? patchedPaths(textIn(given, PATCHES) ?? "") : [path];
  const inside = paths.map((each) => repositoryPath(root, isAbsolute(each) ? each : resolve(folder, each)));
  return inside.filter((each) => each !== null).map((each) => each.slice("repo:".length));
}

function purposeOf(what: BuiltIn, given: Given, tool: string): string {
  if (what === "shell") return `run ${programOf(textIn(given, COMMANDS) ?? "")}`;
  const query = what === "web-search" ? textIn(given, QUERIES) : null;
  return query === null ? tool : `${tool}: ${query}`;
}

/**
 * What a line says of a call of a host's own tool. Of commands, patterns and texts nothing is said but the program;
 * they are hashed.
 * @param folder where relative paths begin
 */
export function describeBuiltIn(
  what: BuiltIn,
  call: { tool: string; input: unknown; root: string; folder: string },
): BuiltInDescription {
  const { tool, input, root, folder } = call;
  const given = (typeof input === "object" && input !== null ? input : { input }) as Given;
  const files = filesIn(what, given, root, folder).slice(0, MOST_FILES);
  const file = files[0] === undefined ? null : `repo:${files[0]}`;
  const address = what === "web-fetch" ? addressIn(given) : null;
  const place = what === "shell" ? "repo:." : `tool:${what === "other" ? encodeURIComponent(tool) : what}`;
  return {
    docRef: file ?? address ?? place,
    purpose: purposeOf(what, given, tool),
    action: actionOf(what, files[0]),
    files: what === "edit" ? files : [],
  };
}
