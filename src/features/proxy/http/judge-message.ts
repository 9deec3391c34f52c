import { fromHeaderValue } from "./header-value.ts";
import { hasCapabilities, isRequest, type Message, nameOf, revisionOf, STATELESS } from "./message.ts";

/** Errors of MCP 2026-07-28: what a request must say is missing; its revision is not spoken; a header differs (SEP-2243). */
const INVALID_PARAMS = -32_602;
const UNSUPPORTED_VERSION = -32_022;
const HEADER_MISMATCH = -32_020;

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Why a message is not passed on, in the protocol's words. */
export interface Objection {
  says: string;
  code?: number;
  data?: object;
}

/** What headers of a request do not say as the body does; null where they agree. */
function differing(message: Message, revision: string, headers: Headers): string | null {
  const told = (name: string) => fromHeaderValue(String(headers[name] ?? ""));
  if (told("mcp-protocol-version") !== revision) return "MCP-Protocol-Version differs from the body";
  if (told("mcp-method") !== message.method) return "Mcp-Method differs from the body";
  const name = nameOf(message);
  return name === null || told("mcp-name") === name ? null : "Mcp-Name differs from the body";
}

/** What a request says of itself, beside what it asks. */
function judgeEnvelope(message: Message, revision: string | null, headers: Headers): Objection | null {
  if (revision === null)
    return String(headers["mcp-protocol-version"] ?? "") >= STATELESS
      ? { says: "params._meta names no protocol version", code: INVALID_PARAMS }
      : { says: "the request names no session, and none of its own revision" };
  return hasCapabilities(message)
    ? null
    : { says: "params._meta does not say what the client can do", code: INVALID_PARAMS };
}

/**
 * Judges a message without a session, before the server sees it: whoever offers a server over HTTP answers for what is
 * wrong with the call, with status 400.
 * @param spoken revisions that the server says it speaks; null where it was not asked
 */
export function judgeMessage(
  message: Message,
  headers: Headers,
  spoken: readonly string[] | null,
): Objection | null {
  const revision = revisionOf(message);
  const objection = isRequest(message) ? judgeEnvelope(message, revision, headers) : null;
  if (objection !== null || revision === null) return objection;
  const says = differing(message, revision, headers);
  if (says !== null) return { says, code: HEADER_MISMATCH };
  if (spoken === null ? revision >= STATELESS : spoken.includes(revision)) return null;
  const data = { supported: spoken ?? [STATELESS], requested: revision };
  return { says: `revision ${revision} is not spoken without a session`, code: UNSUPPORTED_VERSION, data };
}
