import { isObject, type Json, type JsonObject } from "./plain-schema.ts";

const BY_FORMAT: Record<string, string> = {
  uri: "https://example.com/",
  "date-time": "2026-01-05T09:00:00Z",
  date: "2026-01-05",
  email: "ada@example.com",
};
const MAX_DEPTH = 12;

function sampleText(schema: JsonObject): string {
  const known = BY_FORMAT[String(schema.format)];
  const least = typeof schema.minLength === "number" ? schema.minLength : 0;
  return known ?? "x".repeat(least);
}

function sampleObject(schema: JsonObject, schemas: JsonObject, depth: number): JsonObject {
  const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
  const properties = isObject(schema.properties) ? schema.properties : {};
  return Object.fromEntries(
    required.map((name) => [name, sampleOf(properties[name] ?? {}, schemas, depth + 1)]),
  );
}

/** `allOf` asks for everything at once; of objects that is their union. */
function sampleAll(parts: Json[], schemas: JsonObject, depth: number): Json {
  const samples = parts.map((part) => sampleOf(part, schemas, depth));
  return samples.every(isObject) ? Object.assign({}, ...samples) : (samples[0] ?? null);
}

/**
 * The smallest value that a schema of the extract takes: required members only, null wherever it is allowed.
 * The validator, not this function, has the last word on whether it is valid.
 */
export function sampleOf(schema: Json, schemas: JsonObject, depth = 0): Json {
  if (!isObject(schema) || depth > MAX_DEPTH) return null;
  if (typeof schema.$ref === "string") {
    return sampleOf(schemas[schema.$ref.replace("#/schemas/", "")] ?? {}, schemas, depth);
  }
  if (schema.const !== undefined) return schema.const;
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  const either = schema.anyOf ?? schema.oneOf;
  if (types.includes("null") && !Array.isArray(either)) return null;
  if (Array.isArray(schema.enum)) return schema.enum[0] ?? null;
  if (Array.isArray(schema.allOf)) return sampleAll([...schema.allOf, rest(schema)], schemas, depth);
  if (Array.isArray(either)) return sampleEither(either, schema, schemas, depth);
  switch (types[0]) {
    case "string":
      return sampleText(schema);
    case "integer":
    case "number":
      return typeof schema.minimum === "number" ? schema.minimum : 1;
    case "boolean":
      return false;
    case "array":
      return [];
    case "null":
      return null;
    default:
      return sampleObject(schema, schemas, depth);
  }
}

function rest(schema: JsonObject): JsonObject {
  const { allOf: _, ...others } = schema;
  return { type: "object", ...others };
}

function sampleEither(either: Json[], schema: JsonObject, schemas: JsonObject, depth: number): Json {
  if (either.some((part) => isObject(part) && part.type === "null")) return null;
  const first = sampleOf(either[0] ?? {}, schemas, depth);
  return isObject(first) ? { ...sampleObject(schema, schemas, depth), ...first } : first;
}
