import type { LoopbackRequest } from "../../../platform/http/index.ts";
import { checkParameter, OPERATIONS, type Operation } from "./published-schema.ts";

/** A request that GitHub publishes an operation for, with its path parameters, and what is wrong with it. */
export interface CheckedRequest {
  operation: Operation | null;
  parameters: Readonly<Record<string, string>>;
  problems: string[];
}

/** Media types of github.com's REST interface that answer JSON. */
const ACCEPTED = /^(\*\/\*|application\/(json|vnd\.github(\.v3)?\+json))$/;
/** Versions that github.com serves (docs.github.com "API Versions", github.blog/changelog 2026-03-12). */
const API_VERSIONS = ["2022-11-28", "2026-03-10"];

/** A name as it stands in a path; null where its escapes are broken. */
function decodeName(word: string): string | null {
  try {
    return decodeURIComponent(word);
  } catch {
    return null;
  }
}

function matchPath(template: string, path: string): Record<string, string> | null {
  const names = template.split("/");
  const words = path.split("/");
  if (names.length !== words.length) return null;
  const found: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const word = decodeName(words[index] ?? "");
    if (word === null) return null;
    if (name.startsWith("{") && word !== "") found[name.slice(1, -1)] = word;
    else if (name !== word) return null;
  }
  return found;
}

function checkHeaders(headers: LoopbackRequest["headers"]): string[] {
  const problems: string[] = [];
  if (!headers["user-agent"])
    problems.push("the header User-Agent is missing; GitHub answers 403 without it");
  const accept = headers.accept ?? "*/*";
  if (!accept.split(",").some((type) => ACCEPTED.test((type.split(";")[0] ?? "").trim()))) {
    problems.push(`the header Accept asks for ${accept}, not for JSON`);
  }
  const version = headers["x-github-api-version"];
  if (version !== undefined && !API_VERSIONS.includes(version)) {
    problems.push(`the header X-GitHub-Api-Version names ${version}, which GitHub does not serve`);
  }
  if (headers.authorization !== undefined && !/^(bearer|token) \S+$/i.test(headers.authorization)) {
    problems.push("the header Authorization is neither Bearer nor token");
  }
  return problems;
}

function checkParameters(
  operation: Operation,
  path: Record<string, string>,
  query: URLSearchParams,
): string[] {
  const known = operation.parameters.filter((parameter) => parameter.in === "query");
  const unknown = [...query.keys()].filter((name) => !known.some((parameter) => parameter.name === name));
  const problems = unknown.map((name) => `${operation.id} takes no parameter ${name}`);
  for (const parameter of operation.parameters) {
    const text = parameter.in === "path" ? (path[parameter.name] ?? null) : query.get(parameter.name);
    if (text === null) {
      if (parameter.required && parameter.in !== "header") problems.push(`${parameter.name} is missing`);
    } else {
      problems.push(
        ...checkParameter(operation, parameter, text).map((said) => `${parameter.name}: ${said}`),
      );
    }
  }
  return problems;
}

/** Compares a request with GitHub's published description: method, path, parameters, headers, body. */
export function checkRequest(request: LoopbackRequest): CheckedRequest {
  for (const operation of OPERATIONS) {
    const path = operation.method === request.method ? matchPath(operation.path, request.path) : null;
    if (path === null) continue;
    const problems = [
      ...checkHeaders(request.headers),
      ...checkParameters(operation, path, request.query),
      ...(request.body === "" ? [] : [`${operation.id} takes no body`]),
    ];
    return { operation, parameters: path, problems };
  }
  const problem = `${request.method} ${request.path} is no operation that the simulation knows`;
  return { operation: null, parameters: {}, problems: [problem] };
}
