/** A message of the protocol, as far as HTTP asks. */
export interface Message {
  method?: string;
  id?: string | number;
  params?: Readonly<Record<string, unknown>>;
  result?: unknown;
}

/** Revision from which on each request says all that the server must know, and there are no sessions. */
export const STATELESS = "2026-07-28";

const VERSION = "io.modelcontextprotocol/protocolVersion";
const CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The messages of a body or line; none where it is no JSON. */
export function messagesOf(text: string | Uint8Array): Message[] {
  try {
    const value: unknown = JSON.parse(typeof text === "string" ? text : Buffer.from(text).toString());
    return (Array.isArray(value) ? value : [value]).filter(isObject);
  } catch {
    return [];
  }
}

/** Whether a body is a list of messages, broken or not. */
export function isBatch(body: Uint8Array): boolean {
  return body.find((byte) => byte > 0x20) === 0x5b;
}

/** One line: between the parts of a JSON text a newline means what a space means. */
export function lineOf(json: Uint8Array): Buffer {
  const line = Buffer.from(json);
  for (let at = 0; at < line.length; at += 1) if (line[at] === 10 || line[at] === 13) line[at] = 32;
  return line;
}

/** The revision that a request says it is of; null before {@link STATELESS}. */
export function revisionOf({ params }: Message): string | null {
  const meta = params?._meta;
  const revision = isObject(meta) ? meta[VERSION] : undefined;
  return typeof revision === "string" ? revision : null;
}

/** Whether a request says what its client can do, as each must from {@link STATELESS} on. */
export function hasCapabilities({ params }: Message): boolean {
  return isObject(params?._meta) && isObject(params._meta[CAPABILITIES]);
}

/** The revisions that a server says it speaks, in its answer to `server/discover`; null in any other. */
export function revisionsIn({ result }: Message): string[] | null {
  const told = isObject(result) ? result.supportedVersions : undefined;
  const isList = Array.isArray(told) && told.length > 0 && told.every((each) => typeof each === "string");
  return isList ? told : null;
}

/** Whether a message asks for an answer. */
export function isRequest({ method, id }: Message): boolean {
  return method !== undefined && id !== undefined;
}

/** Whether a message is an answer. */
export function isAnswer({ method, id }: Message): boolean {
  return method === undefined && id !== undefined;
}

/** What a request is about, as the header `Mcp-Name` says it; null where it takes none. */
export function nameOf({ method, params }: Message): string | null {
  const named = {
    "tools/call": params?.name,
    "prompts/get": params?.name,
    "resources/read": params?.uri,
    "tasks/get": params?.taskId,
    "tasks/update": params?.taskId,
    "tasks/cancel": params?.taskId,
  };
  const name = method === undefined ? undefined : (named as Record<string, unknown>)[method];
  return typeof name === "string" ? name : null;
}

/** The client's own word for the progress of a request. */
export function progressToken({ method, params }: Message): string | null {
  const holder = method === "notifications/progress" ? params : params?._meta;
  const token = isObject(holder) ? holder.progressToken : undefined;
  return token === undefined ? null : JSON.stringify(token);
}

/** An error in answer to a request. Codes from -32000 on are left to implementations (JSON-RPC 2.0 §5.1). */
export function failure(id: unknown, message: string, code = -32_000, data?: object): object {
  return { jsonrpc: "2.0", id: id ?? null, error: { code, message, ...(data ? { data } : {}) } };
}
