/** An object of a JSON file, whatever it holds. */
export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === "string";
}

const COMMENT = /"(?:[^"\\]|\\.)*"|\/\*(?:[^*]|\*(?!\/))*(?:\*\/|$)|\/\/[^\n]*/g;
const TRAILING_COMMA = /"(?:[^"\\]|\\.)*"|,(?=\s*[}\]])/g;

function keepTexts(match: string): string {
  return match.startsWith('"') ? match : "";
}

/** A JSON file with comments and trailing commas, as tools read their settings; `{}` for what is no object. */
export function readJson(text: string): JsonObject {
  for (const reading of [text, text.replace(COMMENT, keepTexts).replace(TRAILING_COMMA, keepTexts)]) {
    try {
      const value: unknown = JSON.parse(reading);
      return isObject(value) ? value : {};
    } catch (cause) {
      // Not strict JSON: the second reading takes out what strict JSON does not know.
      if (!(cause instanceof SyntaxError || cause instanceof RangeError)) throw cause;
    }
  }
  return {};
}
