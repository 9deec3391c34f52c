import { z } from "zod";
import type { Endpoint } from "../endpoint/endpoint.ts";

type Json = Record<string, unknown>;

/** OpenAPI 3.1 takes JSON Schema 2020-12 as it is. */
function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" }) as Json;
  return rest;
}

function parametersOf(object: z.ZodObject | undefined, place: "path" | "query"): Json[] {
  return Object.entries(object?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: place,
    required: place === "path" || !(schema as z.ZodType).safeParse(undefined).success,
    schema: schemaOf(schema as z.ZodType, "input"),
  }));
}

const PROBLEM = { $ref: "#/components/responses/Problem" };

function bodyOf({ body, lines, raw }: Endpoint): Json {
  if (raw)
    return {
      requestBody: { required: true, content: { "application/json": { schema: { type: "object" } } } },
    };
  if (body === undefined && !lines) return {};
  const content = lines
    ? { "application/x-ndjson": { schema: { type: "string" } } }
    : { "application/json": { schema: schemaOf(body as z.ZodType, "input") } };
  return { requestBody: { required: true, content } };
}

const FLEET = { $ref: "#/components/parameters/Fleet" };
const KEY = { $ref: "#/components/parameters/IdempotencyKey" };

/** The ways in that are not everybody's. */
function securityOf({ roles }: Endpoint): Json {
  if (roles.every((role) => role === "forge")) return { security: [{ signature: [] }, { webhook: [] }] };
  return roles.includes("ci") ? { security: [{ token: [] }, { openid: [] }] } : {};
}

function operationOf(endpoint: Endpoint): Json {
  const { name, says, params, query, answer, status, method } = endpoint;
  return {
    operationId: name,
    summary: says,
    tags: [name.split("_")[0]],
    description: `Roles: ${endpoint.roles.join(", ")}.`,
    parameters: [
      ...parametersOf(params, "path"),
      ...parametersOf(query, "query"),
      FLEET,
      ...(method === "GET" ? [] : [KEY]),
    ],
    ...bodyOf(endpoint),
    ...securityOf(endpoint),
    responses: {
      [status ?? 200]: {
        description: "Done.",
        content: { "application/json": { schema: schemaOf(answer, "output") } },
      },
      default: PROBLEM,
    },
  };
}

const PROBLEM_SCHEMA = {
  type: "object",
  required: ["type", "title", "status", "detail", "code"],
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string" },
    code: { type: "string" },
    hint: { type: "string" },
  },
};

/** The description of all endpoints, made from what checks them. */
export function openApi(endpoints: readonly Endpoint[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(endpoint) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Growth Engine", version, license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "A token: ge_…" },
        openid: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description: "The OpenID token of a CI run whose workflow the fleet trusts.",
        },
        signature: {
          type: "apiKey",
          in: "header",
          name: "X-Hub-Signature-256",
          description: "GitHub's signature.",
        },
        webhook: {
          type: "apiKey",
          in: "header",
          name: "webhook-signature",
          description: "GitLab's signature (Standard Webhooks), or the secret itself as X-Gitlab-Token.",
        },
      },
      parameters: {
        Fleet: {
          name: "Growth-Engine-Fleet",
          in: "header",
          required: false,
          description: "The fleet that an admin's call is about; other tokens belong to one.",
          schema: { type: "string" },
        },
        IdempotencyKey: {
          name: "Idempotency-Key",
          in: "header",
          required: false,
          description: "Names this write: asked again, it gets the first answer and is not done twice.",
          schema: { type: "string", maxLength: 200, pattern: "^[!-~]+$" },
        },
      },
      responses: {
        Problem: {
          description: "Refused or failed (RFC 9457).",
          content: { "application/problem+json": { schema: PROBLEM_SCHEMA } },
        },
      },
    },
  };
}
