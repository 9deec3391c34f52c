/** What every inline map begins with, as the bytes of a file show it. */
export const INLINE_MAP = "sourceMappingURL=data:application/json";

/** Stops at what cannot be part of the address: the end of the line, or of the text around it in an `eval`. */
const ADDRESS = /sourceMappingURL=data:application\/json((?:;[\w.=-]{1,40}){0,4}),([^\s"'`\\*]*)/g;

function decode(parameters: string, data: string): string {
  if (parameters.endsWith(";base64")) return Buffer.from(data, "base64").toString("utf8");
  try {
    return decodeURIComponent(data);
  } catch {
    return data;
  }
}

/**
 * The source maps that stand in built code itself, as JSON texts. Code that only speaks of such maps (a library that
 * reads them) holds no address that begins like an object, so it is passed over.
 */
export function inlineMaps(code: string): string[] {
  const maps: string[] = [];
  for (const [, parameters = "", data = ""] of code.matchAll(ADDRESS)) {
    const text = decode(parameters, data);
    if (text.trimStart().startsWith("{")) maps.push(text);
  }
  return maps;
}
