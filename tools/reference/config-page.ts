import { KEYS, type Key, type Kind } from "../../src/features/config/index.ts";
import type { Pages } from "./page.ts";
import { DIALECT } from "./schemas/record-schemas.ts";

const SCHEMA_FILE = "schema/growth-engine.schema.json";

const WHAT: Record<Exclude<Kind["type"], "map">, string> = {
  globs: "list of globs; `*` also matches names that begin with a dot",
  texts: "list of texts",
  duration: "duration such as `15m`, `2h` or `1h30m`",
  url: "http(s) address",
  commands: "list of commands, each a list of texts: a program and its arguments, run without a shell",
};

function kindOf({ kind }: Key): string {
  if (kind.type !== "map") return WHAT[kind.type];
  const words = (all: readonly string[]) => all.map((one) => `\`${one}\``).join(", ");
  if (kind.of !== "texts" && "eachOf" in kind.of)
    return `object whose values are each a list of ${words(kind.of.eachOf)}`;
  const of = kind.of === "texts" ? "list of texts" : words(kind.of.oneOf);
  return `object whose values are each one of ${of}`.replace("each one of list", "each a list");
}

function keyPart(key: Key): string {
  const oneOf = "oneOf" in key.kind && key.kind.oneOf ? ` Each is one of ${key.kind.oneOf.join(", ")}.` : "";
  const fallback = JSON.stringify(key.default, null, 2);
  const shown = fallback.includes("\n")
    ? `Default:\n\n\`\`\`json\n${fallback}\n\`\`\``
    : `Default: ${fallback === "null" || fallback === "[]" || fallback === "{}" ? "none" : `\`${fallback}\``}.`;
  return `## \`${key.name}\`\n\n${key.says}\n\nValue: ${kindOf(key)}.${oneOf}\n\n${shown}`;
}

/** A glob that could match nothing, or everything, without saying so is refused (parse-config.ts). */
function itemSchema(type: "globs" | "texts"): object {
  const item = { type: "string", pattern: "\\S" };
  const odd = { pattern: "^(/|!(?!\\()|\\.\\.?/)|\\\\$" };
  return type === "texts" ? item : { ...item, maxLength: 1_000, not: odd };
}

function mapValueSchema(of: Extract<Kind, { type: "map" }>["of"]): object {
  if (of === "texts") return { type: "array", items: itemSchema("texts") };
  return "eachOf" in of ? { type: "array", items: { enum: of.eachOf } } : { enum: of.oneOf };
}

function valueSchema({ kind }: Key): object {
  switch (kind.type) {
    case "globs":
    case "texts":
      return { type: "array", items: kind.oneOf ? { enum: kind.oneOf } : itemSchema(kind.type) };
    case "duration":
      return { type: "string", pattern: "^(?=.*[1-9])(\\d{1,6}[smhd])+$" };
    case "url":
      return { type: "string", format: "uri", pattern: "^https?:" };
    case "commands":
      // A word may be blank, but neither empty nor with the NUL that ends it for the system.
      return {
        type: "array",
        items: {
          type: "array",
          minItems: 1,
          items: { type: "string", minLength: 1, pattern: "^[^\\u0000]*$" },
        },
      };
    case "map": {
      const value = mapValueSchema(kind.of);
      return {
        type: "object",
        ...(kind.keys ? { propertyNames: { enum: kind.keys } } : {}),
        additionalProperties: value,
      };
    }
  }
}

function keySchema(key: Key): object {
  return {
    description: key.says,
    ...valueSchema(key),
    ...(key.default === null ? {} : { default: key.default }),
  };
}

/** The JSON Schema (2020-12) of `growth-engine.json`. */
export function configSchema(): object {
  const properties: Record<string, object> = { $schema: { type: "string" } };
  for (const key of KEYS) {
    const [group = "", name] = key.name.split(".");
    if (name === undefined) properties[group] = keySchema(key);
    else {
      const before = properties[group] as { properties?: object } | undefined;
      const inner = { ...before?.properties, [name]: keySchema(key) };
      properties[group] = { type: "object", additionalProperties: false, properties: inner };
    }
  }
  return {
    $schema: DIALECT,
    $id: "growth-engine.schema.json",
    title: "growth-engine.json",
    description:
      "What Growth Engine guards in this repository, and how loudly. What no schema can say: a key stands once, and the file holds at most 1 MiB.",
    type: "object",
    additionalProperties: false,
    properties,
  };
}

const INTRO = `# growth-engine.json

JSON with comments at the top of the repository; every key is optional. A mistake in it is refused (exit 2) with its
line, column and the nearest valid key. A guard over a range takes it from the target's tip, so that a pull request
cannot switch its own rules off; commands without a range read the working tree.

For completion in an editor, name the [JSON Schema](../../${SCHEMA_FILE}) that lies in the installed package:

\`\`\`json
{ "$schema": "./node_modules/growth-engine/${SCHEMA_FILE}" }
\`\`\``;

/** The page and the schema of the config, both from its table of keys. */
export function configPages(): Pages {
  return {
    "docs/reference/config.md": `${[INTRO, ...KEYS.map(keyPart)].join("\n\n")}\n`,
    [SCHEMA_FILE]: `${JSON.stringify(configSchema(), null, 2)}\n`,
  };
}
