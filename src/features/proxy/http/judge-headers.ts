import { fromHeaderValue } from "./header-value.ts";
import { type Message, nameOf, revisionOf } from "./message.ts";

/** A header says something else than the body (MCP 2026-07-28, SEP-2243). */
export const HEADER_MISMATCH = -32_020;

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** What headers of a stateless request do not say as the body does; null where they agree. */
export function judgeHeaders(message: Message, headers: Headers): string | null {
  const revision = revisionOf(message);
  if (revision === null) return null;
  const told = (name: string) => fromHeaderValue(String(headers[name] ?? ""));
  if (told("mcp-protocol-version") !== revision) return "MCP-Protocol-Version differs from the body";
  if (told("mcp-method") !== message.method) return "Mcp-Method differs from the body";
  const name = nameOf(message);
  return name === null || told("mcp-name") === name ? null : "Mcp-Name differs from the body";
}
