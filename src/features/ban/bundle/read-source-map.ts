/** What a source map says it was made from, or why it cannot be read. */
export type MapSources = { sources: string[] } | { broken: string };

interface SourceMap {
  sources?: unknown;
  sourceRoot?: unknown;
  sections?: unknown;
}

/** Servers put this before JSON so that it cannot be run as a script; the format allows it. */
const GUARD = /^\)\]\}'[^\n]*\n/;

function sourcesOf({ sources, sourceRoot }: SourceMap): string[] {
  if (!Array.isArray(sources)) return [];
  const root =
    typeof sourceRoot === "string" && sourceRoot !== "" ? `${sourceRoot.replace(/\/+$/, "")}/` : "";
  return sources.filter((source) => typeof source === "string").map((source) => root + source);
}

function isMap(value: unknown): value is SourceMap {
  if (typeof value !== "object" || value === null) return false;
  return Array.isArray((value as SourceMap).sources) || Array.isArray((value as SourceMap).sections);
}

/** The sources of a source map, those of its sections included. */
export function readSourceMap(text: string): MapSources {
  let root: unknown;
  try {
    root = JSON.parse(text.replace(/^\uFEFF/, "").replace(GUARD, ""));
  } catch {
    return { broken: "it is not JSON" };
  }
  if (!isMap(root)) return { broken: "it has no list of sources" };
  const found: string[] = [];
  const waiting: SourceMap[] = [root];
  for (let map = waiting.pop(); map !== undefined; map = waiting.pop()) {
    for (const source of sourcesOf(map)) found.push(source);
    if (!Array.isArray(map.sections)) continue;
    for (const section of map.sections) {
      const inner: unknown = (section as { map?: unknown } | null)?.map;
      if (isMap(inner)) waiting.push(inner);
    }
  }
  return { sources: found };
}
