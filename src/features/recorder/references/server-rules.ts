import type { Action } from "../../../vocabulary/action.ts";

/** Arguments of a call. */
export type Given = Readonly<Record<string, unknown>>;

/** What is known of the tools of one server. What a rule leaves out is told from the arguments' names. */
export interface ServerRules {
  /** What was consulted: an address, or a path that is looked up in the checkout. */
  reference?(tool: string, given: Given): string | null;
  /** What was asked for, in the caller's words. */
  asked?(tool: string, given: Given): string | null;
  /** Tools that do something else than look something up. */
  acts?: readonly [tools: RegExp, action: Action][];
}

/** The first of some arguments that is a text. */
export function textOf(given: Given, ...names: string[]): string | null {
  const found = names
    .map((name) => given[name])
    .find((each) => typeof each === "string" && each.trim() !== "");
  return typeof found === "string" ? found : null;
}

function numberOf(given: Given, ...names: string[]): string | null {
  const found = names.map((name) => Number(given[name])).find((each) => Number.isSafeInteger(each));
  return found === undefined ? null : String(found);
}

const encode = (text: string) => encodeURIComponent(text.slice(0, 200));
const encodePath = (path: string) => path.slice(0, 1000).split("/").map(encode).join("/");

function libraryAddress(_tool: string, given: Given): string | null {
  const id = textOf(given, "libraryId", "context7CompatibleLibraryID", "context7CompatibleLibraryId");
  if (id?.startsWith("/")) return `https://context7.com${encodePath(id)}`;
  const name = textOf(given, "libraryName");
  return name === null ? null : `https://context7.com/?q=${encode(name)}`;
}

function shopifyAddress(tool: string, given: Given): string | null {
  const [first] = Array.isArray(given.paths) ? given.paths : [];
  if (typeof first === "string") return `https://shopify.dev/${encodePath(first.replace(/^\/+/, ""))}`;
  const asked = textOf(given, "prompt", "query", "search");
  if (asked !== null) return `https://shopify.dev/search?query=${encode(asked)}`;
  const api = textOf(given, "api");
  return api === null ? null : `https://shopify.dev/docs/api/${encode(api)}?tool=${encode(tool)}`;
}

function githubAddress(tool: string, given: Given): string | null {
  const [owner, repo] = [textOf(given, "owner"), textOf(given, "repo")];
  const query = textOf(given, "query", "q");
  if (owner === null || repo === null)
    return query === null ? null : `https://github.com/search?q=${encode(query)}`;
  const top = `https://github.com/${encode(owner)}/${encode(repo)}`;
  const path = textOf(given, "path");
  const pull = numberOf(given, "pullNumber", "pull_number");
  const issue = numberOf(given, "issue_number", "issueNumber");
  const commit = textOf(given, "sha", "ref", "branch");
  if (path !== null)
    return `${top}/blob/${encodePath(commit ?? "HEAD")}/${encodePath(path.replace(/^\/+/, ""))}`;
  if (pull !== null) return `${top}/pull/${pull}`;
  if (issue !== null) return `${top}/issues/${issue}`;
  if (tool.includes("commit") && commit !== null) return `${top}/commit/${encodePath(commit)}`;
  return top;
}

function searchAddress(tool: string, given: Given): string | null {
  const [address] = Array.isArray(given.urls) ? given.urls : [];
  if (typeof address === "string") return address;
  const query = textOf(given, "query", "q", "search", "objective");
  return query === null ? null : `mcp://web-search/${encode(tool)}?q=${encode(query)}`;
}

/** A browser that an agent drives: looking at a page is a consultation, doing something with it is not. */
const BROWSER: ServerRules = {
  acts: [
    [
      /(^|_)(click|fill|type|press|hover|drag|drop|upload|select|resize|close|handle|emulate|wait|tabs?|install)/,
      "other",
    ],
    [/evaluate|run_code/, "run"],
  ],
};

/** Names of servers, as evidence calls them. */
export const SERVER_RULES: Readonly<Record<string, ServerRules>> = {
  context7: {
    reference: libraryAddress,
    asked: (_tool, given) => textOf(given, "topic", "query", "userQuery", "libraryName"),
  },
  "shopify-dev": {
    reference: shopifyAddress,
    asked: (_tool, given) => textOf(given, "prompt", "query", "search", "api"),
  },
  "chrome-devtools": BROWSER,
  playwright: BROWSER,
  fetch: { reference: (_tool, given) => textOf(given, "url") },
  filesystem: { acts: [[/^(write|edit|create|move|delete|remove|rename|append)/, "edit"]] },
  github: { reference: githubAddress, asked: (_tool, given) => textOf(given, "query", "q", "title") },
  "web-search": { reference: searchAddress },
  git: {
    reference: (_tool, given) => textOf(given, "repo_path"),
    acts: [[/commit|add|reset|checkout|create|init|push|merge/, "other"]],
  },
  memory: { acts: [[/^(create|add|delete)/, "other"]] },
  "sequential-thinking": { acts: [[/./, "other"]] },
};

/** What a tool of any server does, by the verb that its name begins with. */
export const ANY_ACTS: NonNullable<ServerRules["acts"]> = [
  [/^(run|exec|execute|shell|bash|terminal)([_-]|$)/i, "run"],
  [
    /^(create|update|delete|remove|write|edit|move|rename|push|merge|add|set|insert|append|send|post|put|patch|close|open|fork|upload|assign|request|submit|start|stop|cancel|complete|claim|toggle|trigger)([_-]|$)/i,
    "other",
  ],
];
