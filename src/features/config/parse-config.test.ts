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
