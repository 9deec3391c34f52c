import type { SectionName } from "../../config/index.ts";

const NAMES: readonly [SectionName, RegExp][] = [
  ["MCP Evidence", /^mcp[\s-]+evidence/i],
  ["Heartbeat", /^heartbeat/i],
  ["Dev MCP Check", /^dev[\s-]+mcp[\s-]+check/i],
];

/** Longer headings are sentences. */
const MAX_LENGTH = 200;
/** `1.`, `(2)`, `🫀`, `:memo:` before the name. */
const PREFIX = /^(?::[a-z0-9_+-]+:|[\p{Extended_Pictographic}\p{Emoji_Component}.()§\s-])*/iu;
/**
 * After the name: nothing, words that go with any section, then whatever a bracket, colon, bar or dash sets off. Any
 * other word makes the heading a sentence of its own (`Heartbeat scheduler rewritten`, `MCP Evidence not needed`).
 */
const SUFFIX =
  /^(?:\s+(?:required|optional|mandatory|files?|paths?|records?|logs?|links?|section|if|applicable|needed)(?![\p{L}\p{N}]))*(?:\s*(?:$|[:([|–—]|\p{Extended_Pictographic})|\s+-|\.\s*$)/iu;

/** Which of the three sections a heading opens; null for any other heading. */
export function nameSection(heading: string): SectionName | null {
  if (heading.length > MAX_LENGTH) return null;
  const text = heading.replaceAll(/[*_]/g, "").replace(PREFIX, "");
  for (const [name, pattern] of NAMES) {
    const match = pattern.exec(text);
    if (match && SUFFIX.test(text.slice(match[0].length))) return name;
  }
  return null;
}
