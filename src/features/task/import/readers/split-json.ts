import { createScanner } from "jsonc-parser";

/** One object of a JSON text, and where it begins. */
export interface JsonPiece {
  text: string;
  /** Counted from 1. */
  line: number;
  /** How deep its brackets go. */
  depth: number;
}

interface OpenPiece {
  at: number;
  line: number;
  level: number;
  deepest: number;
}

function pieceOf(text: string, { at, line, level, deepest }: OpenPiece, end?: number): JsonPiece {
  return { text: text.slice(at, end), line, depth: deepest - level + 1 };
}

/**
 * The objects of a list, of several lists one after the other (`gh api --paginate` writes those), or of JSON lines:
 * without recursion and each for itself, so that a broken or hostile one does not take the others with it.
 */
export function splitJson(text: string): JsonPiece[] {
  const scanner = createScanner(text, true);
  const pieces: JsonPiece[] = [];
  let open: OpenPiece | null = null;
  let level = 0;
  // At the end of the text a token has no length.
  for (scanner.scan(); scanner.getTokenLength() > 0; scanner.scan()) {
    const at = scanner.getTokenOffset();
    const mark = text.charAt(at);
    if (mark === "{" || mark === "[") {
      level += 1;
      if (open !== null) open.deepest = Math.max(open.deepest, level);
      else if (mark === "{") open = { at, line: scanner.getTokenStartLine() + 1, level, deepest: level };
    } else if (mark === "}" || mark === "]") {
      if (open?.level === level) {
        pieces.push(pieceOf(text, open, at + 1));
        open = null;
      }
      level = Math.max(0, level - 1);
    }
  }
  // Cut short: what began must be named too.
  if (open !== null) pieces.push(pieceOf(text, open));
  return pieces;
}
