/** A JSON Schema as OpenAPI 3.1 holds it. */
export type Schema = Readonly<Record<string, unknown>>;

/** An operation of `/api/openapi.json`, flat. */
export interface Operation {
  name: string;
  method: string;
  path: string;
  roles: string[];
  parameters: { name: string; in: string; required: boolean; schema: Schema }[];
  /** Null when it takes none; `"lines"` for lines of JSON. */
  body: Schema | "lines" | null;
}

interface Page {
  paths: Record<string, Record<string, RawOperation>>;
}

interface RawOperation {
  operationId: string;
  description: string;
  parameters: { $ref?: string; name: string; in: string; required: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

function bodyOf({ requestBody }: RawOperation): Operation["body"] {
  const content = requestBody?.content;
  if (content === undefined) return null;
  return content["application/json"]?.schema ?? "lines";
}

/** All operations that a server describes. */
export async function readOperations(url: string): Promise<Operation[]> {
  const page = (await (await fetch(`${url}/api/openapi.json`)).json()) as Page;
  return Object.entries(page.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]) => ({
      name: raw.operationId,
      method: method.toUpperCase(),
      path,
      roles: raw.description.replace(/^Roles: |[.]$/g, "").split(", "),
      parameters: raw.parameters.filter(({ $ref }) => $ref === undefined),
      body: bodyOf(raw),
    })),
  );
}

const BY_FORMAT: Record<string, string> = {
  uuid: "00000000-0000-4000-8000-000000000000",
  uri: "https://example.com/",
  "date-time": "2026-01-05T09:00:00Z",
};

function sampleText(schema: Schema, name: string, words: Readonly<Record<string, string>>): string {
  return (
    words[name] ?? BY_FORMAT[String(schema.format)] ?? "x".repeat(Math.max(1, Number(schema.minLength ?? 1)))
  );
}

/** The smallest value that a schema takes; text of a name that `words` knows is that word. */
export function sampleValue(schema: Schema, name: string, words: Readonly<Record<string, string>>): unknown {
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum)) return words[name] ?? schema.enum[0];
  const either = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined;
  if (either) return sampleValue(either[0] ?? {}, name, words);
  switch (schema.type) {
    case "string":
      return sampleText(schema, name, words);
    case "integer":
    case "number":
      return words[name] ? Number(words[name]) : Math.max(1, Number(schema.minimum ?? 1));
    case "boolean":
      return false;
    case "array":
      return Array.from({ length: Number(schema.minItems ?? 0) }, () =>
        sampleValue((schema.items ?? {}) as Schema, name, words),
      );
    default: {
      const properties = (schema.properties ?? {}) as Record<string, Schema>;
      const required = (schema.required ?? []) as string[];
      return Object.fromEntries(required.map((key) => [key, sampleValue(properties[key] ?? {}, key, words)]));
    }
  }
}

/** A request as it goes out. */
export interface SampleRequest {
  method: string;
  path: string;
  body: string | null;
  contentType: string;
}

/** SHA-256 of nothing. */
const NO_SUM = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/** What an operation asks beyond what its schema says is needed. */
const MORE: Record<string, object> = {
  task_update: { title: "another" },
  task_progress: { percent: 1 },
  // A manager's token says whose work it was.
  evidence_add: { lines: [{ tool: "x", doc_ref: "https://example.com/", purpose: "x", agent: "sample" }] },
  receipt_issue: { files: [{ file: "artifacts/sample/2026-01-05/mcp/x.jsonl", sums: [NO_SUM] }] },
  // Kinds of owned things are called by the same word.
  reservation_take: { resources: [{ kind: "file", pattern: "src/**" }] },
  reservation_conflicts: { resources: [{ kind: "file", pattern: "src/**" }] },
};

/** Lines of those operations that take no lone object. */
const LINES: Record<string, (words: Readonly<Record<string, string>>) => string> = {
  sync_lines: ({ file }) =>
    JSON.stringify({
      file,
      after: { lines: 0, sum: NO_SUM },
      lines: 0,
      to: { bytes: 0, sum: NO_SUM, stamp: "1" },
    }),
};

function sampleBody(name: string, schema: Schema, words: Readonly<Record<string, string>>): string {
  const value = sampleValue(schema, "", words);
  return JSON.stringify(MORE[name] ? { ...(value as object), ...MORE[name] } : value);
}

/** A request that the operation takes, with these words where names stand. */
export function sampleRequest(operation: Operation, words: Readonly<Record<string, string>>): SampleRequest {
  const query = new URLSearchParams();
  let path = operation.path;
  for (const { name, in: place, required, schema } of operation.parameters) {
    const value = String(sampleValue(schema, name, words));
    if (place === "path") path = path.replace(`{${name}}`, encodeURIComponent(value));
    else if (required) query.set(name, value);
  }
  const { body } = operation;
  const isLines = body === "lines";
  return {
    method: operation.method,
    path: query.size > 0 ? `${path}?${query}` : path,
    body:
      body === null
        ? null
        : isLines
          ? `${LINES[operation.name]?.(words) ?? words.line ?? "{}"}\n`
          : sampleBody(operation.name, body, words),
    contentType: isLines ? "application/x-ndjson" : "application/json",
  };
}
