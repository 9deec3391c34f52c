import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { isObject, type Json, type JsonObject, plain } from "./plain-schema.ts";
import { sampleOf } from "./sample-of.ts";

const require = createRequire(import.meta.url);

/** What the action may ask of GitHub; a request to anything else is a finding of the simulation. */
export const OPERATIONS: readonly [method: string, path: string][] = [
  ["get", "/repos/{owner}/{repo}/pulls/{pull_number}"],
  ["get", "/repos/{owner}/{repo}/pulls/{pull_number}/reviews"],
  ["get", "/repos/{owner}/{repo}/pulls/{pull_number}/commits"],
  ["get", "/repos/{owner}/{repo}/commits/{commit_sha}/pulls"],
  ["get", "/orgs/{org}/teams/{team_slug}/memberships/{username}"],
];

/** What GitHub tells a workflow of; the names of the published webhook description. */
export const EVENTS: readonly string[] = [
  "pull-request-opened",
  "pull-request-synchronize",
  "pull-request-edited",
  "pull-request-reopened",
  "pull-request-closed",
  "pull-request-ready-for-review",
  "pull-request-review-submitted",
  "merge-group-checks-requested",
  "push",
];

function read(name: string): JsonObject {
  return JSON.parse(readFileSync(require.resolve(`${name}/generated/api.github.com.json`), "utf8"));
}

function versionOf(name: string): string {
  return `${name} ${JSON.parse(readFileSync(require.resolve(`${name}/package.json`), "utf8")).version}`;
}

function at(value: Json | undefined, ...path: string[]): Json | undefined {
  let found = value;
  for (const name of path) found = isObject(found) ? found[name] : undefined;
  return found;
}

/** Follows references to parameters, headers and responses, which are not schemas. */
function follow(document: JsonObject, value: Json | undefined): Json | undefined {
  const reference = at(value, "$ref");
  if (typeof reference !== "string" || reference.startsWith("#/components/schemas/")) return value;
  return at(document, ...reference.replace("#/", "").split("/"));
}

function jsonSchemaOf(holder: Json | undefined, prefix: string): Json {
  const schema = at(holder, "content", "application/json", "schema");
  return schema === undefined ? null : plain(schema, prefix);
}

function operationOf(api: JsonObject, method: string, path: string): JsonObject {
  const operation = at(api, "paths", path, method);
  if (!isObject(operation)) throw new Error(`GitHub publishes no ${method} ${path}`);
  const parameters = (operation.parameters as Json[] | undefined) ?? [];
  const responses = Object.entries(operation.responses as JsonObject);
  return {
    id: operation.operationId ?? null,
    method: method.toUpperCase(),
    path,
    parameters: parameters.map((given) => {
      const parameter = follow(api, given) as JsonObject;
      const { name = null, required = false, schema = {} } = parameter;
      return { name, in: parameter.in ?? null, required, schema: plain(schema, "api") };
    }),
    responses: Object.fromEntries(
      responses.map(([status, response]) => [status, jsonSchemaOf(follow(api, response), "api")]),
    ),
  };
}

function eventSchema(webhooks: JsonObject, name: string): Json {
  const schema = jsonSchemaOf(at(webhooks, "webhooks", name, "post", "requestBody"), "event");
  if (schema === null) throw new Error(`GitHub publishes no event ${name}`);
  return schema;
}

/** Every schema that `from` leads to, by its name in the extract. */
function schemasBehind(from: Json, documents: Record<string, JsonObject>): JsonObject {
  const found: JsonObject = {};
  const visit = (value: Json): void => {
    for (const [, name = ""] of JSON.stringify(value).matchAll(/"#\/schemas\/([^"]+)"/g)) {
      if (found[name] !== undefined) continue;
      const [prefix = "", ...rest] = name.split(":");
      const schema = at(documents[prefix], "components", "schemas", rest.join(":"));
      found[name] = plain(schema ?? {}, prefix);
      visit(found[name]);
    }
  };
  visit(from);
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The part of GitHub's published descriptions that the simulation checks against, with one sample for each shape. */
export function extractForgeSchema(): JsonObject {
  const api = read("@octokit/openapi");
  const webhooks = read("@octokit/openapi-webhooks");
  const operations = OPERATIONS.map(([method, path]) => operationOf(api, method, path));
  const events = Object.fromEntries(EVENTS.map((name) => [name, eventSchema(webhooks, name)]));
  const schemas = schemasBehind([...operations, events], { api, event: webhooks });
  const sample = (schema: Json) => sampleOf(schema, schemas);
  return {
    sources: [versionOf("@octokit/openapi"), versionOf("@octokit/openapi-webhooks")],
    operations,
    events,
    schemas,
    samples: {
      ...Object.fromEntries(Object.entries(events).map(([name, schema]) => [name, sample(schema)])),
      pull: sample({ $ref: "#/schemas/api:pull-request" }),
      "pull-simple": sample({ $ref: "#/schemas/api:pull-request-simple" }),
      commit: sample({ $ref: "#/schemas/api:commit" }),
      review: sample({ $ref: "#/schemas/api:pull-request-review" }),
      "team-membership": sample({ $ref: "#/schemas/api:team-membership" }),
    },
  };
}

/** The extract as the file holds it: one line for each entry, so that a newer description shows as a small diff. */
export function renderForgeSchema(extract: JsonObject): string {
  const section = ([name, value]: [string, Json]) => {
    const lines = Array.isArray(value)
      ? value.map((entry) => JSON.stringify(entry))
      : Object.entries(value as JsonObject).map(
          ([key, entry]) => `${JSON.stringify(key)}: ${JSON.stringify(entry)}`,
        );
    const [open, close] = Array.isArray(value) ? "[]" : "{}";
    return `${JSON.stringify(name)}: ${open}\n${lines.join(",\n")}\n${close}`;
  };
  return `{\n${Object.entries(extract).map(section).join(",\n")}\n}\n`;
}
