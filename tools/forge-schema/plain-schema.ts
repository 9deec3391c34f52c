/** A JSON value of a published description. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

/** Keywords that decide whether a value is valid; descriptions, examples and extensions are left out. */
const KEPT = new Set([
  ...["$ref", "type", "properties", "required", "items", "enum", "const", "format", "pattern"],
  ...["anyOf", "oneOf", "allOf", "not", "additionalProperties", "minimum", "maximum", "minLength"],
  ...["maxLength", "minItems", "maxItems"],
]);
/** Formats that the validator knows; the others (`repo.nwo`, `timestamp`) have no published meaning. */
const FORMATS = new Set(["uri", "date-time", "date", "email"]);

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** OpenAPI 3.0 says `nullable: true` where JSON Schema has a type of its own for null. */
function withNull(schema: JsonObject): JsonObject {
  if (typeof schema.type !== "string") return { anyOf: [schema, { type: "null" }] };
  const nullable: JsonObject = { ...schema, type: [schema.type, "null"] };
  if (Array.isArray(schema.enum) && !schema.enum.includes(null)) nullable.enum = [...schema.enum, null];
  return nullable;
}

function plainMembers(members: JsonObject, prefix: string): JsonObject {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, plain(value, prefix)]));
}

function plainObject(schema: JsonObject, prefix: string): JsonObject {
  const kept: JsonObject = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (!KEPT.has(keyword)) continue;
    if (keyword === "format" && !FORMATS.has(String(value))) continue;
    if (keyword === "$ref")
      kept.$ref = String(value).replace("#/components/schemas/", `#/schemas/${prefix}:`);
    else if (keyword === "properties" && isObject(value)) kept.properties = plainMembers(value, prefix);
    else if (["enum", "required", "const", "type"].includes(keyword)) kept[keyword] = value;
    else kept[keyword] = plain(value, prefix);
  }
  return schema.nullable === true ? withNull(kept) : kept;
}

/** A published schema as JSON Schema with only what decides; references lead to `#/schemas/<prefix>:<name>`. */
export function plain(schema: Json, prefix: string): Json {
  if (Array.isArray(schema)) return schema.map((part) => plain(part, prefix));
  return isObject(schema) ? plainObject(schema, prefix) : schema;
}
