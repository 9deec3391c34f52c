import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { Refusal } from "../../platform/errors/index.ts";
import { nearestOf } from "../../platform/errors/nearest.ts";
import { parseDuration } from "../../vocabulary/duration.ts";
import { CONFIG_FILE, type Config } from "./config.ts";
import { KEYS, type Key } from "./keys.ts";

const GROUPS = [...new Set(KEYS.map((key) => key.name.split(".")[0] ?? key.name))];

/** Reads with the place of each mistake at hand. */
class Source {
  readonly text: string;
  readonly name: string;

  constructor(text: string, name: string) {
    this.text = text;
    this.name = name;
  }

  refuse(message: string, offset: number, hint?: string): never {
    const before = this.text.slice(0, offset).split("\n");
    const place = `${this.name}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
    throw new Refusal("CONFIG_INVALID", `${place}: ${message}`, { hint: hint ?? `correct ${CONFIG_FILE}` });
  }

  unknown(what: string, node: Node, known: readonly string[]): never {
    const near = nearestOf(String(node.value), known);
    this.refuse(
      `${what} "${node.value}"`,
      node.offset,
      near === null ? undefined : `did you mean "${near}"?`,
    );
  }
}

function properties(source: Source, node: Node, name: string): [key: Node, value: Node][] {
  if (node.type !== "object") source.refuse(`${name} must be an object`, node.offset);
  const seen = new Set<string>();
  return (node.children ?? []).map((property) => {
    const [key, value] = property.children ?? [];
    if (!key || !value) source.refuse(`${name} is incomplete`, property.offset);
    if (seen.has(key.value)) source.refuse(`"${key.value}" stands twice`, key.offset);
    seen.add(key.value);
    return [key, value];
  });
}

function readTexts(source: Source, node: Node, name: string, oneOf?: readonly string[]): string[] {
  if (node.type !== "array") source.refuse(`"${name}" must be a list of texts`, node.offset);
  return (node.children ?? []).map((item) => {
    if (item.type !== "string" || item.value.trim() === "")
      source.refuse(`"${name}" must hold only texts`, item.offset);
    if (oneOf && !oneOf.includes(item.value)) source.unknown(`"${name}" does not know`, item, oneOf);
    return item.value;
  });
}

function readMap(source: Source, node: Node, key: Key): Record<string, unknown> {
  if (key.kind.type !== "map") return {};
  const { keys, of } = key.kind;
  const map: [string, unknown][] = [];
  for (const [name, value] of properties(source, node, `"${key.name}"`)) {
    if (keys && !keys.includes(name.value)) source.unknown(`"${key.name}" does not know`, name, keys);
    if (of === "texts") map.push([name.value, readTexts(source, value, name.value)]);
    else if (value.type === "string" && of.oneOf.includes(value.value)) map.push([name.value, value.value]);
    else source.refuse(`"${name.value}" must be one of ${of.oneOf.join(", ")}`, value.offset);
  }
  return Object.fromEntries(map);
}

function isUrl(value: unknown): boolean {
  return typeof value === "string" && URL.canParse(value) && /^https?:/.test(value);
}

function readValue(source: Source, node: Node | undefined, key: Key): unknown {
  const { kind } = key;
  if (node === undefined)
    return kind.type === "duration" ? parseDuration(String(key.default)) : structuredClone(key.default);
  switch (kind.type) {
    case "globs":
    case "texts":
      return readTexts(source, node, key.name, kind.oneOf);
    case "map":
      return readMap(source, node, key);
    case "duration":
      return (
        (node.type === "string" ? parseDuration(node.value) : null) ??
        source.refuse(`"${key.name}" must be a duration such as "15m" or "2h"`, node.offset)
      );
    case "url":
      return isUrl(node.value)
        ? node.value
        : source.refuse(`"${key.name}" must be an http(s) address`, node.offset);
  }
}

/** Refuses every key that no row of the table names, with the nearest that one does. */
function refuseUnknown(source: Source, root: Node): void {
  for (const [group, value] of properties(source, root, CONFIG_FILE)) {
    if (group.value === "$schema") continue;
    if (!GROUPS.includes(group.value)) {
      source.unknown("unknown key", group, [...GROUPS, ...KEYS.map((key) => key.name)]);
    }
    if (KEYS.some((key) => key.name === group.value)) continue;
    const known = KEYS.map((key) => key.name.split(".")).filter(([name]) => name === group.value);
    for (const [key] of properties(source, value, `"${group.value}"`)) {
      const names = known.map(([, name]) => name ?? "");
      if (!names.includes(key.value)) source.unknown(`unknown key in "${group.value}":`, key, names);
    }
  }
}

/**
 * Checks the text of a config and fills in the defaults.
 * @param name what to call the file in errors, such as `growth-engine.json at 1a2b3c4`
 * @throws Refusal CONFIG_INVALID with line, column and the nearest valid key
 */
export function parseConfig(text: string, name: string = CONFIG_FILE): Config {
  const source = new Source(text.replace(/^\uFEFF/, ""), name);
  const errors: ParseError[] = [];
  const root = parseTree(source.text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first) source.refuse(`not readable: ${printParseErrorCode(first.error)}`, first.offset);
  if (root) refuseUnknown(source, root);
  const config: Record<string, unknown> = {};
  for (const key of KEYS) {
    const path = key.name.split(".");
    const value = readValue(source, root && findNodeAtLocation(root, path), key);
    const [group = "", name] = path;
    if (name === undefined) config[group] = value;
    else config[group] = { ...(config[group] as object), [name]: value };
  }
  return config as unknown as Config;
}

/** The config of a repository without one. */
export function defaultConfig(): Config {
  return parseConfig("{}");
}
