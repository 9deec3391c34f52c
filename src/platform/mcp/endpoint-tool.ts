import { z } from "zod";
import type { Endpoint } from "../endpoint/index.ts";
import { Refusal } from "../errors/index.ts";
import type { Json, ToolDescription, ToolHints } from "./tool.ts";
import { withProblem } from "./tool-result.ts";

/** Arguments of a tool as the parts of a call to its endpoint. */
export interface EndpointCall {
  params: Record<string, string>;
  query: Record<string, string>;
  /** Text for lines of JSON. */
  body?: unknown;
}

/** An endpoint as a tool. */
export interface EndpointTool extends ToolDescription {
  endpoint: Endpoint;
  /** Takes the flat arguments apart. @throws Refusal INPUT_INVALID */
  callOf(given: Json): EndpointCall;
}

type Place = "params" | "query" | "body";

interface Field {
  name: string;
  place: Place;
  schema: Json;
  required: boolean;
}

/** Field that takes a body which has no names of its own, and the one for lines. */
const BODY = "body";
const LINES = "lines";
/** Verbs after which something is gone. */
const TAKES_AWAY = /_(remove|revoke|retire|rotate|cancel|leave|disown|delete|release)(_|$)/;

/**
 * What every reader of a schema knows without being told, and what not every one understands: the bounds of a number
 * that is safe, and classes of Unicode characters in a pattern, which Python refuses to compile.
 */
function plainer({ jsonSchema }: { jsonSchema: Json }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (String(jsonSchema.pattern).includes("\\p{")) delete jsonSchema.pattern;
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const how = { io, unrepresentable: "any", override: plainer } as const;
  const { $schema: _, ...rest } = z.toJSONSchema(schema, how) as Json;
  return rest;
}

/** In an address there is only text; a caller of a tool may say `true`. */
function asBoolean(schema: Json): Json {
  const { enum: words, type: _, ...rest } = schema;
  const isFlag =
    Array.isArray(words) && words.length === 2 && words.includes("true") && words.includes("false");
  return isFlag ? { ...rest, type: "boolean" } : schema;
}

function fieldsOf(place: Place, schema: z.ZodType): Field[] {
  const object = schemaOf(schema, "input");
  const properties = object.properties as Record<string, Json> | undefined;
  if (object.type !== "object" || properties === undefined)
    return [{ name: BODY, place, schema: object, required: !schema.safeParse(undefined).success }];
  const required = (object.required ?? []) as string[];
  return Object.entries(properties).map(([name, property]) => ({
    name,
    place,
    schema: place === "query" ? asBoolean(property) : property,
    required: required.includes(name),
  }));
}

function linesField({ maxBytes }: Endpoint): Field {
  const schema = {
    type: "array",
    minItems: 1,
    items: { type: "object" },
    description: `Each is one line${maxBytes === undefined ? "" : `; ${maxBytes} bytes in all at most`}.`,
  };
  return { name: LINES, place: "body", schema, required: true };
}

/** @throws Error when two parts of an endpoint use one name: its tool could not tell them apart */
function allFields(endpoint: Endpoint): Field[] {
  const fields = [
    ...(endpoint.params ? fieldsOf("params", endpoint.params) : []),
    ...(endpoint.query ? fieldsOf("query", endpoint.query) : []),
    ...(endpoint.lines ? [linesField(endpoint)] : endpoint.body ? fieldsOf("body", endpoint.body) : []),
  ];
  const names = fields.map(({ name }) => name);
  const double = names.find((name, at) => names.indexOf(name) !== at);
  if (double !== undefined) throw new Error(`two parts of ${endpoint.name} take "${double}": name one anew`);
  return fields;
}

function inputOf(fields: readonly Field[]): Json {
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  return {
    type: "object",
    properties: Object.fromEntries(fields.map(({ name, schema }) => [name, schema])),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
}

function hintsOf({ method, name, reads }: Endpoint): ToolHints {
  return {
    readOnlyHint: method === "GET" || reads === true,
    destructiveHint: method === "DELETE" || TAKES_AWAY.test(name),
    idempotentHint: method !== "POST" || reads === true,
    openWorldHint: false,
  };
}

function refuse(endpoint: Endpoint, fields: readonly Field[], message: string): Refusal {
  const takes = fields.map(({ name, required }) => (required ? name : `${name} (optional)`)).join(", ");
  return new Refusal("INPUT_INVALID", message, {
    hint: takes === "" ? `${endpoint.name} takes no arguments` : `${endpoint.name} takes ${takes}`,
  });
}

/** `.` and `..` would lead to another address, and half a character to none. */
const NO_PART = /^\.{0,2}$|\p{Cs}/u;

function textOf(value: unknown, isPart: boolean): string | null {
  if (!["string", "number", "boolean"].includes(typeof value)) return null;
  const text = String(value);
  return isPart && NO_PART.test(text) ? null : text;
}

function addressPart(
  endpoint: Endpoint,
  fields: readonly Field[],
  place: "params" | "query",
  given: Json,
): Record<string, string> {
  const here = fields.filter(
    (field) => field.place === place && (given[field.name] !== undefined || place === "params"),
  );
  return Object.fromEntries(
    here.map(({ name }) => {
      const text = textOf(given[name], place === "params");
      if (text === null)
        throw refuse(endpoint, fields, `${name} is missing, or is no text or number that names something`);
      return [name, text];
    }),
  );
}

function bodyOf({ lines, body }: Endpoint, fields: readonly Field[], given: Json): unknown {
  const here = fields.filter(({ place, name }) => place === "body" && given[name] !== undefined);
  if (lines) {
    const list = given[LINES];
    if (!Array.isArray(list)) throw new Refusal("INPUT_INVALID", `${LINES} is no array of objects`);
    return `${list.map((line) => JSON.stringify(line)).join("\n")}\n`;
  }
  if (body === undefined) return undefined;
  const [first] = here;
  if (first?.name === BODY && fieldsOf("body", body)[0]?.name === BODY) return given[BODY];
  return Object.fromEntries(here.map(({ name }) => [name, given[name]]));
}

function callOf(endpoint: Endpoint, fields: readonly Field[], given: Json): EndpointCall {
  const unknown = Object.keys(given).find((name) => fields.every((field) => field.name !== name));
  if (unknown !== undefined)
    throw refuse(endpoint, fields, `${endpoint.name} takes no "${unknown.slice(0, 100)}"`);
  const body = bodyOf(endpoint, fields, given);
  return {
    params: addressPart(endpoint, fields, "params", given),
    query: addressPart(endpoint, fields, "query", given),
    ...(body === undefined ? {} : { body }),
  };
}

/** Whether a client has a use for an endpoint: bytes that somebody else signed are no arguments. */
export function isTool({ plumbing, raw }: Endpoint): boolean {
  return plumbing !== true && raw !== true;
}

/**
 * Describes the tool of an endpoint. What is in its address, its query and its body becomes one flat list of arguments.
 * @throws Error when two parts use one name
 */
export function endpointTool(endpoint: Endpoint): EndpointTool {
  const fields = allFields(endpoint);
  return {
    endpoint,
    name: endpoint.name,
    says: endpoint.says,
    input: inputOf(fields),
    output: withProblem(schemaOf(endpoint.answer, "output")),
    hints: hintsOf(endpoint),
    roles: endpoint.roles,
    callOf: (given) => callOf(endpoint, fields, given),
  };
}
