import { isAbsolute, relative, resolve, sep } from "node:path";
import type { Action } from "../../../vocabulary/action.ts";
import { ANY_ACTS, SERVER_RULES } from "./server-rules.ts";

/** One tool call, before anything is known of it. */
export interface CallToDescribe {
  /** Name of the MCP server; absent for a tool that the host brings along. */
  server?: string | undefined;
  tool: string;
  input: unknown;
  /** Top of the working tree. */
  root: string;
}

/** What a line says of a call. */
export interface CallDescription {
  docRef: string;
  purpose: string;
  action: Action;
}

type Arguments = Readonly<Record<string, unknown>>;

const ADDRESS = /^https?:\/\/\S+$/i;
const PATH_NAMES = ["file_path", "filePath", "path", "notebook_path", "filename", "file", "absolute_path"];
const QUERY_NAMES = ["query", "q", "search", "topic", "pattern", "question", "libraryName", "library"];

function argumentsOf(input: unknown): Arguments {
  return typeof input === "object" && input !== null ? (input as Arguments) : {};
}

function firstText(from: Arguments, names: readonly string[]): string | null {
  const found = names
    .map((name) => from[name])
    .find((each) => typeof each === "string" && each.trim() !== "");
  return typeof found === "string" ? found : null;
}

/** A path as `repo:<path>`; null for what lies outside the checkout. */
export function repositoryPath(root: string, path: string): string | null {
  const inside = relative(root, isAbsolute(path) ? path : resolve(root, path));
  if (inside === "") return "repo:.";
  if (inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return null;
  return `repo:${inside.split(sep).join("/")}`;
}

function addressIn(from: Arguments): string | null {
  const texts = Object.values(from).filter((each): each is string => typeof each === "string");
  return texts.find((text) => ADDRESS.test(text)) ?? null;
}

function part(text: string): string {
  return encodeURIComponent(text.slice(0, 200));
}

/** What is known of any tool: an address among its arguments, a path of the checkout, or its own name. */
export function describeAny({ server, tool, input, root }: CallToDescribe): CallDescription {
  const given = argumentsOf(input);
  const path = firstText(given, PATH_NAMES);
  const own = server === undefined ? `tool:${part(tool)}` : `mcp://${part(server)}/${part(tool)}`;
  const docRef = addressIn(given) ?? (path === null ? null : repositoryPath(root, path)) ?? own;
  const query = firstText(given, QUERY_NAMES);
  const called = server === undefined ? tool : `${server} ${tool}`;
  return { docRef, purpose: query === null ? called : `${called}: ${query}`, action: "consult" };
}

function actionOf(server: string, tool: string): Action {
  const own = Object.hasOwn(SERVER_RULES, server) ? SERVER_RULES[server]?.acts : undefined;
  const acts = [...(own ?? []), ...ANY_ACTS];
  return acts.find(([tools]) => tools.test(tool))?.[1] ?? "consult";
}

/** What a rule names may be a path. */
function referenceOf(root: string, told: string | null): string | null {
  if (told === null || /^[a-z][a-z0-9+.-]*:\/\//i.test(told)) return told;
  return repositoryPath(root, told);
}

/** What a line says of a call: by the rules of its server where there are any, else by its arguments' names. */
export function describeCall(call: CallToDescribe): CallDescription {
  const any = describeAny(call);
  const { server, tool, input, root } = call;
  if (server === undefined) return any;
  const rules = Object.hasOwn(SERVER_RULES, server) ? SERVER_RULES[server] : undefined;
  const given = argumentsOf(input);
  const asked = rules?.asked?.(tool, given) ?? null;
  return {
    docRef: referenceOf(root, rules?.reference?.(tool, given) ?? null) ?? any.docRef,
    purpose: asked === null ? any.purpose : `${server} ${tool}: ${asked}`,
    action: actionOf(server, tool),
  };
}
