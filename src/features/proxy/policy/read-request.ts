/** What a gate must know of a message. */
export type ReadRequest =
  | { kind: "other"; id: unknown }
  | { kind: "call"; id: unknown; tool: string }
  /** Two readers could understand it differently. */
  | { kind: "ambiguous"; id: unknown };

const CALL = "tools/call";
const NAMES = ["method", "params", "id", "jsonrpc"];

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Message and parameters: where readers that take `Name` for `name` would find what they look for. */
const LOOSE_DEPTH = 2;

/** Whether a name stands twice in one object of a JSON text that was read well; near the top in any case of letters. */
function repeatsNames(text: string): boolean {
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === "{") open.push(new Set());
    else if (letter === "[") open.push(null);
    else if (letter === "}" || letter === "]") open.pop();
    else if (letter === '"') {
      const end = endOfText(text, at);
      const isLoose = open.length <= LOOSE_DEPTH;
      if (isName(text, end) && isRepeated(open.at(-1), text.slice(at, end), isLoose)) return true;
      at = end - 1;
    }
  }
  return false;
}

function endOfText(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

function isName(text: string, end: number): boolean {
  let at = end;
  while (" \t\r\n".includes(text[at] ?? "x")) at += 1;
  return text[at] === ":";
}

function isRepeated(names: Set<string> | null | undefined, literal: string, isLoose: boolean): boolean {
  const exact = String(JSON.parse(literal));
  const name = isLoose ? exact.toLowerCase() : exact;
  if (names?.has(name)) return true;
  names?.add(name);
  return false;
}

/** Some readers take `Method` for `method`. */
function hasOtherCase(message: Record<string, unknown>): boolean {
  return Object.keys(message).some((name) => !NAMES.includes(name) && NAMES.includes(name.toLowerCase()));
}

function readOne(message: unknown): ReadRequest {
  if (!isObject(message)) return { kind: "other", id: undefined };
  const { method, params } = message;
  // An answer to the server is answered by nobody.
  const id = method === undefined ? undefined : message.id;
  if (hasOtherCase(message)) return { kind: "ambiguous", id };
  if (method !== CALL) return { kind: "other", id };
  const tool = isObject(params) && typeof params.name === "string" ? params.name : "";
  return { kind: "call", id, tool };
}

/** A byte sequence that is no UTF-8 is replaced by some readers and refused by others. */
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** @returns null where it is no JSON */
function parse(bytes: Uint8Array): { text: string; value: unknown } | null {
  try {
    const text = strict.decode(bytes);
    return { text, value: JSON.parse(text) };
  } catch {
    return null;
  }
}

/**
 * Reads a line of a client as strictly as the least careful server might read it: what could be a call to one reader
 * and something else to another is told apart. A line that holds neither the words nor an escape is no call to anybody.
 */
export function readRequests(bytes: Uint8Array): ReadRequest[] {
  const line = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!line.includes(CALL) && !line.includes("\\")) return [{ kind: "other", id: undefined }];
  const read = parse(bytes);
  if (read === null) return [{ kind: "ambiguous", id: null }];
  const { value, text } = read;
  const requests = (Array.isArray(value) ? value : [value]).map(readOne);
  if (!repeatsNames(text)) return requests;
  // Names that are repeated inside of arguments are the tool's own affair, but who is to say where they are.
  return [{ kind: "ambiguous", id: isObject(value) ? value.id : null }];
}
