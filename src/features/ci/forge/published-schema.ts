import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import extract from "./published-schema.json" with { type: "json" };

/** A JSON object of the forge. */
export type Json = Record<string, unknown>;

interface Parameter {
  name: string;
  in: string;
  required: boolean;
  schema: object;
}

/** One operation of GitHub's published description. */
export interface Operation {
  id: string;
  method: string;
  /** Such as `/repos/{owner}/{repo}/pulls/{pull_number}`. */
  path: string;
  parameters: Parameter[];
  /** Status → schema of the body; null where the description gives none. */
  responses: Record<string, object | null>;
}

export const OPERATIONS = extract.operations as unknown as readonly Operation[];

/** Names of GitHub's webhook description, such as `pull-request-opened`. */
export type EventShape = keyof typeof extract.events;
export type SampleName = keyof typeof extract.samples;

/** Where the extract comes from: package and version. */
export const PUBLISHED_SCHEMA_SOURCES: readonly string[] = extract.sources;

/** The smallest valid value of a published shape, to be filled with what a scene is about. */
export function sample(name: SampleName): Json {
  return structuredClone(extract.samples[name]) as Json;
}

const ajv = new Ajv({ strict: false, validateSchema: false });
addFormats.default(ajv);
ajv.addSchema({ ...extract, $id: "forge" });

function problemsOf(validate: ValidateFunction | undefined, value: unknown): string[] {
  if (validate === undefined || validate(value)) return [];
  return (validate.errors ?? []).map(
    (error) => `${error.instancePath || "/"} ${error.message ?? "is wrong"}`,
  );
}

/** What is wrong with a webhook payload, by the published schema; empty when it is valid. */
export function checkEvent(shape: EventShape, payload: unknown): string[] {
  return problemsOf(ajv.getSchema(`forge#/events/${shape}`), payload);
}

/** What is wrong with a response body of an operation. A status that is not published is a problem. */
export function checkResponse(operation: Operation, status: number, body: unknown): string[] {
  const schema = operation.responses[status];
  if (schema === undefined) return [`${operation.id} answers no ${status}`];
  if (schema === null) return [];
  const at = OPERATIONS.indexOf(operation);
  return problemsOf(ajv.getSchema(`forge#/operations/${at}/responses/${status}`), body);
}

/** What is wrong with the value of a parameter, which is text on the wire. */
export function checkParameter(operation: Operation, parameter: Parameter, text: string): string[] {
  const place = `forge#/operations/${OPERATIONS.indexOf(operation)}/parameters/${operation.parameters.indexOf(parameter)}/schema`;
  const isNumber = (parameter.schema as { type?: unknown }).type === "integer" && /^-?\d+$/.test(text);
  return problemsOf(ajv.getSchema(place), isNumber ? Number(text) : text);
}
