import type { Action } from "../../vocabulary/action.ts";
import {
  type CallDescription,
  describeCall,
  isDocumentation,
  patchedPaths,
  repositoryPath,
} from "../recorder/index.ts";
import { isObject, type LoggedCall, textOf } from "./logged-call.ts";

/** Hosts whose logs are read. */
export const HOSTS = ["claude-code", "codex"] as const;
export type Host = (typeof HOSTS)[number];

/** What a call is in words of evidence. */
export interface ToldCall extends CallDescription {
  tool: string;
  more: Readonly<Record<string, unknown>>;
}

type Words = readonly [tool: string, action: Action];

/** Tools that hosts bring along, as evidence names them; any other goes by its own name and is `other`. */
const BUILT_IN: Readonly<Record<string, Words>> = {
  Read: ["read", "consult"],
  NotebookRead: ["read", "consult"],
  LSP: ["repo-search", "other"],
  Glob: ["repo-search", "other"],
  Grep: ["repo-search", "other"],
  LS: ["repo-search", "other"],
  WebFetch: ["web-fetch", "consult"],
  WebSearch: ["web-search", "consult"],
  ReadMcpResourceTool: ["mcp-resource", "consult"],
  Edit: ["edit", "edit"],
  MultiEdit: ["edit", "edit"],
  Write: ["edit", "edit"],
  NotebookEdit: ["edit", "edit"],
  Bash: ["shell", "run"],
  PowerShell: ["shell", "run"],
  shell: ["shell", "run"],
  shell_command: ["shell", "run"],
  local_shell: ["shell", "run"],
  exec: ["shell", "run"],
  exec_command: ["shell", "run"],
  "container.exec": ["shell", "run"],
  apply_patch: ["edit", "edit"],
  web_search: ["web-search", "consult"],
  view_image: ["read", "consult"],
  read_file: ["read", "consult"],
  list_dir: ["repo-search", "other"],
  grep_files: ["repo-search", "other"],
  read_mcp_resource: ["mcp-resource", "consult"],
  read_many_files: ["read", "consult"],
  list_directory: ["repo-search", "other"],
  glob: ["repo-search", "other"],
  search_file_content: ["repo-search", "other"],
  grep_search: ["repo-search", "other"],
  google_web_search: ["web-search", "consult"],
  web_fetch: ["web-fetch", "consult"],
  write_file: ["edit", "edit"],
  replace: ["edit", "edit"],
  run_shell_command: ["shell", "run"],
};
const MOST_FILES = 100;
const MAX_NAME = 100;

function kebab(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1-$2")
    .replace(/[\s_.]+/g, "-")
    .toLowerCase()
    .slice(0, MAX_NAME);
}

/** The text of a patch, by the tool of its own or handed to a shell. */
function patchIn(tool: string, input: unknown): string | null {
  const texts = isObject(input) ? Object.values(input).flat() : [input];
  const patch = texts.find((text) => typeof text === "string" && text.includes("*** Begin Patch"));
  const isPatching = tool === "apply_patch" || texts.includes("apply_patch");
  return isPatching && typeof patch === "string" ? patch : null;
}

/** Files of the checkout that a call changed, as far as a patch or the log names them. */
function changedFiles({ tool, input, paths }: LoggedCall, root: string): string[] {
  const patch = patchIn(tool, input) ?? "";
  const named = paths ?? patchedPaths(patch);
  const found = named.map((path) => repositoryPath(root, path)).filter((path) => path !== null);
  return [...new Set(found)].slice(0, MOST_FILES);
}

/** Names of programs and no more: arguments of a command are content. */
function programsIn(input: unknown): string {
  const { command, cmd, description } = isObject(input) ? input : {};
  const said = command ?? cmd;
  const words = Array.isArray(said) ? said.filter((word) => typeof word === "string") : [];
  const line =
    words.length > 0 ? (words.length === 3 && /^-l?c$/.test(words[1] ?? "") ? words[2] : words[0]) : said;
  const program = /^\s*(?:\w+=\S*\s+)*([\w./@+-]{1,60})/
    .exec(String(line ?? ""))?.[1]
    ?.split("/")
    .at(-1);
  return [program, textOf(description)].filter((part) => part !== undefined && part !== "").join(": ");
}

function tellBuiltIn(call: LoggedCall, root: string): ToldCall {
  const { tool, input, subagent } = call;
  const files = changedFiles(call, root);
  const [name, action]: Words = patchIn(tool, input) === null ? wordsOf(tool) : ["edit", "edit"];
  const described = describeCall({ tool, input, root });
  // As the hooks of the same host tell it.
  const isLook = name === "read" && !isDocumentation(described.docRef.replace(/^repo:/, ""));
  const programs = action === "run" ? programsIn(input) : "";
  return {
    tool: name,
    action: isLook ? "other" : action,
    docRef: files[0] ?? described.docRef,
    purpose: programs === "" ? described.purpose : `${tool}: ${programs}`,
    more: { call: tool, subagent, ...(files.length > 1 && { files }) },
  };
}

function wordsOf(tool: string): Words {
  return (Object.hasOwn(BUILT_IN, tool) ? BUILT_IN[tool] : undefined) ?? [kebab(tool), "other"];
}

/**
 * A logged call in words of evidence: of an MCP call the tool is the server and its rules describe it; a tool of the
 * host has a word of ours. Nothing of what it was given is told but paths, addresses, what was searched for, and
 * names of programs.
 */
export function tellCall(call: LoggedCall, root: string): ToldCall {
  const { server, tool, input, subagent } = call;
  if (server === undefined) return tellBuiltIn(call, root);
  return { ...describeCall({ server, tool, input, root }), tool: server, more: { call: tool, subagent } };
}
