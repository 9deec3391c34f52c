import { type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";

/** Where a line stops being JSON, counted from 1, and what is there, in words. */
export interface BrokenLine {
  column: number;
  message: string;
}

const LONGEST_EXPLAINED = 64 * 1024;
const STRICT = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null;
  } catch {
    return false;
  }
}

/** The name by which a reader finds the object again. */
function nameOf(text: string): string {
  const value = JSON.parse(text) as Record<string, unknown>;
  const name = value.request_id ?? value.timestamp ?? Object.keys(value)[0];
  return typeof name === "string" ? `"${name.slice(0, 60)}"` : "an object";
}

function explainGlued(text: string, offset: number): BrokenLine | null {
  const [first, second] = [text.slice(0, offset), text.slice(offset)];
  if (!isObject(first)) return null;
  const both = isObject(second) ? `${nameOf(first)} and ${nameOf(second)}` : `${nameOf(first)} and more`;
  return {
    column: offset + 1,
    message: `two objects stand on one line: ${both}; a newline is missing between them`,
  };
}

/** Undefined when the text is JSON after all, null when it is nested too deeply for the parser. */
function firstError(text: string): ParseError | undefined | null {
  const errors: ParseError[] = [];
  try {
    parseTree(text, errors, STRICT);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
  return errors[0];
}

/** Says where and why a line that `JSON.parse` refused is broken. */
export function explainBrokenLine(text: string): BrokenLine {
  if (text.length > LONGEST_EXPLAINED) return { column: 1, message: "the line is not JSON" };
  const first = firstError(text);
  if (first === null) return { column: 1, message: "the line is not JSON: it is nested too deeply" };
  if (!first) return { column: 1, message: "the line is not JSON" };
  const name = printParseErrorCode(first.error);
  if (name === "EndOfFileExpected") {
    const glued = explainGlued(text, first.offset);
    if (glued) return glued;
  }
  const words = name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return { column: first.offset + 1, message: `the line is not JSON: ${words}` };
}
