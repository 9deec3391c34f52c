import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/features/config/index.ts";
import { ERROR_CODES } from "../../src/platform/errors/index.ts";
import { configSchema } from "./config-page.ts";
import { referencePages } from "./reference-pages.ts";

const PROJECT = join(import.meta.dirname, "../..");
const pages = await referencePages();
const read = (path: string) =>
  existsSync(join(PROJECT, path)) ? readFileSync(join(PROJECT, path), "utf8") : null;

describe("the reference", () => {
  it.each(Object.entries(pages))("%s is what `npm run reference` writes", (path, text) => {
    expect(read(path) === text, `${path} is stale: npm run reference`).toBe(true);
  });

  it("holds no page that nothing writes", () => {
    const found = readdirSync(join(PROJECT, "docs/reference"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(PROJECT.length + 1)
          .replaceAll("\\", "/"),
      );
    expect(
      found.filter((path) => pages[path] === undefined),
      "npm run reference",
    ).toEqual([]);
  });

  it("lists every error code that there is, and no other", () => {
    const listed = [...(pages["docs/reference/errors.md"] ?? "").matchAll(/^\| `([A-Z_]+)` /gm)].map(
      ([, code]) => code,
    );
    expect(listed).toEqual(Object.keys(ERROR_CODES));
  });
});

/** As much of JSON Schema as ours uses. */
interface Schema {
  type?: string;
  enum?: unknown[];
  pattern?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
  propertyNames?: Schema;
  additionalProperties?: Schema | false;
  default?: unknown;
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? "array" : value === null ? "null" : typeof value;
}

function accepts(schema: Schema, value: unknown): boolean {
  if (schema.enum && !schema.enum.includes(value)) return false;
  if (schema.type && schema.type !== typeOf(value)) return false;
  if (schema.pattern && typeof value === "string" && !new RegExp(schema.pattern).test(value)) return false;
  if (Array.isArray(value)) return value.every((item) => accepts(schema.items ?? {}, item));
  if (typeOf(value) !== "object") return true;
  return Object.entries(value as object).every(([name, inner]) => {
    if (schema.propertyNames && !accepts(schema.propertyNames, name)) return false;
    const of = schema.properties?.[name] ?? schema.additionalProperties ?? {};
    return of !== false && accepts(of, inner);
  });
}

function parses(text: string): boolean {
  try {
    parseConfig(text);
    return true;
  } catch {
    return false;
  }
}

describe("the schema of the config", () => {
  const schema = configSchema() as Schema;

  it("accepts every default", () => {
    const defaults = Object.entries(schema.properties ?? {}).map(
      ([group, { properties, default: value }]) => [
        group,
        properties
          ? Object.fromEntries(Object.entries(properties).map(([name, key]) => [name, key.default]))
          : value,
      ],
    );
    const config = JSON.parse(JSON.stringify(Object.fromEntries(defaults)));
    expect(Object.keys(config)).toContain("heartbeat");
    expect(accepts(schema, config)).toBe(true);
    expect(parses(JSON.stringify(config))).toBe(true);
  });

  it.each([
    [true, { $schema: "./schema.json", rules: { "evidence/missing": "warn" } }],
    [true, { heartbeat: { staleAfter: "1h30m" }, evidence: { requireTools: { "src/**": ["context7"] } } }],
    [true, { server: { url: "https://growth.example" }, pullRequest: { sections: ["Heartbeat"] } }],
    [false, { heartbeat: { staleAfter: "15 minutes" } }],
    [false, { heartbeat: { staleAftr: "15m" } }],
    [false, { rules: { "evidence/missing": "loud" } }],
    [false, { rules: { "evidence/mising": "warn" } }],
    [false, { evidence: { tools: "context7" } }],
    [false, { pullRequest: { sections: ["Evidence"] } }],
    [false, { server: { url: "growth.example" } }],
    [false, { evidnce: {} }],
  ])("says %s, as the reader of the config does, to %j", (fine, config) => {
    expect([accepts(schema, config), parses(JSON.stringify(config))]).toEqual([fine, fine]);
  });
});
