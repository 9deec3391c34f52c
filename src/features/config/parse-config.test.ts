import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Refusal } from "../../platform/errors/index.ts";
import { KEYS } from "./keys.ts";
import { defaultConfig, parseConfig } from "./parse-config.ts";

function refusalOf(text: string): Refusal {
  try {
    parseConfig(text);
  } catch (error) {
    return error as Refusal;
  }
  throw new Error(`accepted: ${text}`);
}

describe("a config", () => {
  it("has every default when it says nothing", () => {
    expect(parseConfig("{}")).toEqual(defaultConfig());
    expect(defaultConfig().heartbeat).toEqual({ requiredAfter: 7_200_000, staleAfter: 900_000 });
    for (const { name } of KEYS) expect(defaultConfig()).toHaveProperty(name.split("."));
  });

  it("may hold comments, a trailing comma and a byte order mark", () => {
    const text = '\uFEFF{\n  // quiet at first\n  "rules": { "ban/spawn": "warn", },\n}\n';
    expect(parseConfig(text).rules).toEqual({ "ban/spawn": "warn" });
  });

  it("takes durations as milliseconds", () => {
    expect(parseConfig('{"heartbeat":{"staleAfter":"1h30m"}}').heartbeat.staleAfter).toBe(5_400_000);
  });

  it("takes commands as programs with their arguments", () => {
    const text = '{"task":{"setUp":[["npm","ci"],["./set up.sh"," "]]}}';
    expect(parseConfig(text).task.setUp).toEqual([
      ["npm", "ci"],
      ["./set up.sh", " "],
    ]);
  });

  it.each(['"npm ci"', '["npm ci"]', "[[]]", '[["npm",""]]', '[["npm",1]]', '[["a\\u0000b"]]'])(
    "refuses the commands %s with their place",
    (value) =>
      expect(refusalOf(`{"task":{"setUp":${value}}}`).message).toMatch(/^growth-engine.json:1:\d+: .*setUp/),
  );

  it.each([
    ['{"evidnce":{}}', "growth-engine.json:1:2", 'did you mean "evidence"?'],
    ['{\n "heartbeat": { "staleAftr": "1m" } }', "growth-engine.json:2:17", 'did you mean "staleAfter"?'],
    ['{"rules":{"evidence/mising":"warn"}}', ":1:11", 'did you mean "evidence/missing"?'],
    ['{"pullRequest":{"sections":["Evidence"]}}', ":1:29", 'did you mean "MCP Evidence"?'],
  ])("refuses the unknown key in %s with its place and the nearest one", (text, place, hint) => {
    const refusal = refusalOf(text);
    expect([refusal.code, refusal.exit]).toEqual(["CONFIG_INVALID", 2]);
    expect(refusal.message).toContain(place);
    expect(refusal.hint).toContain(hint);
  });

  it.each([
    "",
    "[]",
    '"text"',
    "{",
    '{"rules":{"ban/spawn":"loud"}}',
    '{"heartbeat":{"staleAfter":15}}',
    '{"heartbeat":{"staleAfter":"0m"}}',
    '{"evidence":{"tools":"context7"}}',
    '{"evidence":{"tools":[" "]}}',
    '{"server":{"url":"file:///etc/passwd"}}',
    '{"rules":{},"rules":{}}',
  ])("refuses %s", (text) => {
    expect(refusalOf(text).code).toBe("CONFIG_INVALID");
  });

  it.each([
    ['{"code":[]}', 'write { "evidence": { "code": … } }'],
    ['{"ban.packages":[]}', 'write { "ban": { "packages": … } }'],
    ['{"rules":{"ban/spawn":"blok"}}', 'did you mean "block"?'],
    ['{"evidence":{"require":{"src/**":"receipt"}}}', 'did you mean "receipted"?'],
    ['{"toString":{}}', "known are: evidence, heartbeat,"],
    ['{"server":{"zzzzzzzz":1}}', "known are: url"],
    ['{"ban":{"production":["/src/**"]}}', "from the top of the repository"],
  ])("says for %s what to write instead", (text, hint) => {
    expect(refusalOf(text).hint).toContain(hint);
  });

  const wrong: Record<string, string[]> = {
    globs: ["1", "null", '"src/**"', "{}", "[1]", "[null]", '[""]', "[[]]", '["!src/**"]', '["./a"]'],
    texts: ["1", "true", '"text"', "{}", "[1]", "[{}]", '["  "]'],
    duration: ["1", "null", '"2"', '"-2h"', '""', "[]", '"2 h"', "{}"],
    url: ["1", "null", '""', '"growth.example"', '"javascript:0"', "[]"],
    map: ["1", "null", "[]", '"text"', '{"ban/spawn":1}', '{"ban/spawn":null}', '{"ban/spawn":"x"}'],
  };
  it.each(KEYS.flatMap(({ name, kind }) => (wrong[kind.type] ?? []).map((value) => [name, value] as const)))(
    "refuses %s: %s, at the value",
    (name, value) => {
      const [group = "", key] = name.split(".");
      const before = key === undefined ? `{"${group}":` : `{"${group}":\n{"${key}":`;
      const refusal = refusalOf(`${before}${value}${key === undefined ? "}" : "}}"}`);
      expect(refusal.code).toBe("CONFIG_INVALID");
      expect(refusal.message).toMatch(
        key === undefined ? /^growth-engine.json:1:/ : /^growth-engine.json:2:/,
      );
      expect(refusal.message).toMatch(/"(ban\/spawn|.*)"/);
      expect(refusal.hint).not.toBe("");
    },
  );

  it.each(KEYS.filter(({ name }) => name.includes(".")).map(({ name }) => name))(
    "refuses %s twice",
    (name) => {
      const [group, key = ""] = name.split(".");
      const good = JSON.stringify(KEYS.find((row) => row.name === name)?.default ?? "https://growth.example");
      expect(() => parseConfig(`{"${group}":{"${key}":${good}}}`)).not.toThrow();
      expect(refusalOf(`{"${group}":{"${key}":${good},"${key}":${good}}}`).message).toContain("stands twice");
    },
  );

  it("keeps keys that would harm out, or as plain keys", () => {
    expect(refusalOf('{"__proto__":{"rules":{}}}').message).toContain('unknown key "__proto__"');
    expect(refusalOf('{"rules":{"constructor":"off"}}').message).toContain("constructor");
    const { evidence } = parseConfig('{"evidence":{"requireTools":{"__proto__":["x"]}}}');
    expect(Object.entries(evidence.requireTools)).toEqual([["__proto__", ["x"]]]);
  });

  it.each(["[", '{"a":', '{"evidence":{"requireTools":{"a":[', "/*"])("refuses 100,000 times %s", (text) => {
    expect(refusalOf(text.repeat(100_000)).code).toBe("CONFIG_INVALID");
  });

  it("gives each reader defaults of its own", () => {
    defaultConfig().ban.production.push("x");
    expect(defaultConfig().ban.production).not.toContain("x");
  });

  it("never throws anything but a refusal, whatever the text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        try {
          parseConfig(text);
        } catch (error) {
          expect((error as Refusal).kind).toBe("refusal");
        }
      }),
    );
  });
});
