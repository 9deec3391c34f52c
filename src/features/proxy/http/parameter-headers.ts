import { toHeaderValue } from "./header-value.ts";
import type { Message } from "./message.ts";

/** Where among the arguments stands what a header repeats. */
interface Mirrored {
  header: string;
  path: readonly string[];
}

const TOKEN = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/;
const DEEPEST = 16;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function mirroredIn(schema: unknown, path: readonly string[] = []): Mirrored[] {
  if (!isObject(schema) || path.length > DEEPEST) return [];
  const header = schema["x-mcp-header"];
  const own = typeof header === "string" && TOKEN.test(header) && path.length > 0 ? [{ header, path }] : [];
  const inner = isObject(schema.properties) ? Object.entries(schema.properties) : [];
  return [...own, ...inner.flatMap(([name, each]) => mirroredIn(each, [...path, name]))];
}

function valueAt(root: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((node, name) => (isObject(node) ? node[name] : undefined), root);
}

function textOf(value: unknown): string | null {
  if (typeof value === "string" || typeof value === "boolean") return String(value);
  return typeof value === "number" && Number.isFinite(value) ? String(value) : null;
}

/**
 * Arguments that travel in headers `Mcp-Param-…` too (SEP-2243): tools mark them in their schema, which is known when
 * a list of tools has passed.
 */
export class ParameterHeaders {
  readonly #tools = new Map<string, Mirrored[]>();

  /** Looks for lists of tools among answers. */
  learn({ result }: Message): void {
    const tools = isObject(result) && Array.isArray(result.tools) ? result.tools : [];
    for (const tool of tools.filter(isObject))
      if (typeof tool.name === "string") this.#tools.set(tool.name, mirroredIn(tool.inputSchema));
  }

  of({ method, params }: Message): Record<string, string> {
    const tool = method === "tools/call" ? this.#tools.get(String(params?.name)) : undefined;
    const pairs = (tool ?? []).flatMap(({ header, path }) => {
      const text = textOf(valueAt(params?.arguments, path));
      return text === null ? [] : [[`Mcp-Param-${header}`, toHeaderValue(text)]];
    });
    return Object.fromEntries(pairs);
  }
}
