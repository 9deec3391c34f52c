import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { Refusal } from "../../platform/errors/index.ts";
import { nearestOf } from "../../platform/errors/nearest.ts";
import { parseDuration } from "../../vocabulary/duration.ts";
import { CONFIG_FILE, type Config } from "./config.ts";
import { KEYS, type Key } from "./keys.ts";

/** A longer list of known words says nothing to its reader. */
const MOST_LISTED = 12;
const MAX_GLOB = 1_000;
const COMMAND_HINT = 'write it like [["npm", "ci"]]';
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

  /** Refuses a word that is not known, with the nearest that is, or all of them. */
  unknown(message: string, node: Node, known: readonly string[]): never {
    const near = nearestOf(String(node.value), known);
    const hint = near === null ? `known are: ${known.join(", ")}` : `did you mean "${near}"?`;
    this.refuse(message, node.offset, known.length > MOST_LISTED && near === null ? undefined : hint);
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
    if (oneOf && !oneOf.includes(item.value))
      source.unknown(`"${name}" does not know "${item.value}"`, item, oneOf);
    return item.value;
  });
}

/** Globs that could match nothing, or everything, without saying so are refused. */
function readGlobs(source: Source, node: Node, name: string): string[] {
  const globs = readTexts(source, node, name);
  for (const [index, glob] of globs.entries()) {
    const offset = node.children?.[index]?.offset ?? node.offset;
    if (/^(\/|!(?!\()|\.\.?\/)|\\$/.test(glob)) {
      const hint = "write it from the top of the repository, such as src/**";
      source.refuse(`"${name}" holds "${glob}", which no path matches as it looks`, offset, hint);
    }
    if (glob.length > MAX_GLOB) source.refuse(`"${name}" holds a glob of over 1,000 characters`, offset);
  }
  return globs;
}

/** Programs with their arguments: never through a shell, so each word stands alone. */
function readCommands(source: Source, node: Node, name: string): string[][] {
  if (node.type !== "array") source.refuse(`"${name}" must be a list of commands`, node.offset);
  return (node.children ?? []).map((item) => {
    if (item.type !== "array" || item.children?.length === 0)
      source.refuse(
        `"${name}" must hold only lists of a program and its arguments`,
        item.offset,
        COMMAND_HINT,
      );
    return (item.children ?? []).map((word) => {
      if (word.type !== "string" || word.value === "" || word.value.includes("\0"))
        source.refuse(`a command in "${name}" must hold only texts`, word.offset, COMMAND_HINT);
      return word.value;
    });
  });
}

function readMap(source: Source, node: Node, key: Key): Record<string, unknown> {
  if (key.kind.type !== "map") return {};
  const { keys, of } = key.kind;
  const map: [string, unknown][] = [];
  for (const [name, value] of properties(source, node, `"${key.name}"`)) {
    if (keys && !keys.includes(name.value))
      source.unknown(`"${key.name}" does not know "${name.value}"`, name, keys);
    if (of === "texts") map.push([name.value, readTexts(source, value, name.value)]);
    else if ("eachOf" in of) map.push([name.value, readTexts(source, value, name.value, of.eachOf)]);
    else if (value.type === "string" && of.oneOf.includes(value.value)) map.push([name.value, value.value]);
    else source.unknown(`"${name.value}" must be one of ${of.oneOf.join(", ")}`, value, of.oneOf);
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
      return readGlobs(source, node, key.name);
    case "texts":
      return readTexts(source, node, key.name, kind.oneOf);
    case "map":
      return readMap(source, node, key);
    case "commands":
      return readCommands(source, node, key.name);
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

/** The full name of the key that was meant, when a key stands without its group. */
function refuseGroup(source: Source, node: Node): never {
  const word = String(node.value);
  const message = `unknown key "${word}"`;
  const full = KEYS.find(({ name }) => name === word || name.split(".")[1] === word)?.name.split(".");
  if (full)
    source.refuse(message, node.offset, `write { ${full.map((part) => `"${part}": `).join("{ ")}… } }`);
  source.unknown(message, node, GROUPS);
}

/** Refuses every key that no row of the table names, with the nearest that one does. */
function refuseUnknown(source: Source, root: Node): void {
  for (const [group, value] of properties(source, root, CONFIG_FILE)) {
    if (group.value === "$schema") continue;
    if (!GROUPS.includes(group.value)) refuseGroup(source, group);
    if (KEYS.some((key) => key.name === group.value)) continue;
    const names = KEYS.map(({ name }) => name.split(".")).flatMap(([first, name]) =>
      first === group.value && name !== undefined ? [name] : [],
    );
    for (const [key] of properties(source, value, `"${group.value}"`)) {
      if (!names.includes(key.value))
        source.unknown(`unknown key "${key.value}" in "${group.value}"`, key, names);
    }
  }
}

/** @throws Refusal for text that is not JSON with comments, or too deep for the parser */
function parseTextTree(source: Source): Node | undefined {
  const errors: ParseError[] = [];
  let root: Node | undefined;
  try {
    root = parseTree(source.text, errors, { allowTrailingComma: true });
  } catch (error) {
    // The parser calls itself for every bracket.
    if (error instanceof RangeError) source.refuse("nested too deeply to be read", 0);
    throw error;
  }
  const [first] = errors;
  if (first) {
    const words = printParseErrorCode(first.error).replace(/([a-z])([A-Z])/g, "$1 $2");
    source.refuse(`not readable as JSON: ${words.toLowerCase()}`, first.offset);
  }
  return root;
}

/**
 * Checks the text of a config and fills in the defaults.
 * @param name what to call the file in errors, such as `growth-engine.json at 1a2b3c4`
 * @throws Refusal CONFIG_INVALID with line, column and the nearest valid key
 */
export function parseConfig(text: string, name: string = CONFIG_FILE): Config {
  const source = new Source(text.replace(/^\uFEFF/, ""), name);
  const root = parseTextTree(source);
  if (root) refuseUnknown(source, root);
  const config: Record<string, unknown> = {};
  const given: string[] = [];
  for (const key of KEYS) {
    const path = key.name.split(".");
    const node = root && findNodeAtLocation(root, path);
    if (node !== undefined) given.push(key.name);
    const value = readValue(source, node, key);
    const [group = "", name] = path;
    if (name === undefined) config[group] = value;
    else config[group] = { ...(config[group] as object), [name]: value };
  }
  return { ...config, given: given.sort() } as unknown as Config;
}

/** The config of a repository without one. */
export function defaultConfig(): Config {
  return parseConfig("{}");
}
