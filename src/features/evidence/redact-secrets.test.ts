import { describe, expect, it } from "vitest";
import { redactSecrets } from "./redact-secrets.ts";

const TOKEN = `ghp_${"abcdefghijklmnopqrstuvwxyz0123456789"}`;

describe("secrets in entries", () => {
  it("are replaced wherever they stand, keys and nested values included", async () => {
    const entry = { purpose: `try ${TOKEN} now`, extra: [{ [TOKEN]: { deep: TOKEN } }], seq: 1, none: null };
    const { entries, taken } = await redactSecrets([{ purpose: "fine" }, entry]);
    expect(JSON.stringify(entries)).not.toContain("ghp_");
    expect(entries).toEqual([
      { purpose: "fine" },
      {
        purpose: "try [REDACTED:github] now",
        extra: [{ "[REDACTED:github]": { deep: "[REDACTED:github]" } }],
        seq: 1,
        none: null,
      },
    ]);
    expect(taken.map(({ entry, field, rule }) => [entry, field, rule])).toEqual([
      [1, "purpose", "github"],
      [1, "extra", "github"],
      [1, "deep", "github"],
    ]);
  });

  it("are known by the name of their field too", async () => {
    const key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzKEY";
    const { entries } = await redactSecrets([{ aws_secret_access_key: key }]);
    expect(JSON.stringify(entries)).not.toContain(key);
  });

  it.each([
    ["aws", `AKIA${"Q3EGWAVRJ2ZLMN7X"}`],
    ["stripe", `sk_live_${"4eC39HqLyjWDarjtT1zdp7dc"}`],
    ["gitlab", `glpat-${"abcdefghij0123456789"}`],
    ["google-api", `AIza${"a".repeat(35)}`],
  ])("are known by the look of a key of %s", async (rule, key) => {
    const { entries } = await redactSecrets([{ purpose: `try ${key} now` }]);
    expect(entries).toEqual([{ purpose: `try [REDACTED:${rule}] now` }]);
  });

  it("cannot be excused by the text that holds them", async () => {
    const entry = { purpose: "secretlint-disable", task: `/* secretlint-disable */ ${TOKEN}` };
    const { entries } = await redactSecrets([entry]);
    expect(JSON.stringify(entries)).not.toContain("ghp_");
  });

  it("are not seen in ids, sums and times", async () => {
    const entry = {
      request_id: "0b8f2a0e-6f5a-4b43-9f0e-6a4f9c1f2d3e",
      prev: "a".repeat(64),
      timestamp: "2026-01-05T09:00:00.000Z",
      input_hmac: "0123456789abcdef".repeat(4),
      doc_ref: "https://example.com/a?b=c",
    };
    expect(await redactSecrets([entry])).toEqual({ entries: [entry], taken: [] });
  });

  it("do not make a field of the prototype", async () => {
    const entry = JSON.parse(`{"__proto__":{"purpose":"${TOKEN}"}}`) as Record<string, unknown>;
    const { entries } = await redactSecrets([entry]);
    expect(JSON.stringify(entries)).toBe('[{"__proto__":{"purpose":"[REDACTED:github]"}}]');
  });

  it("are looked for in entries that are nested too deep by nobody", async () => {
    const deep = JSON.parse(`${"[".repeat(200)}${"]".repeat(200)}`) as unknown;
    await expect(redactSecrets([{ deep }])).rejects.toMatchObject({ code: "INPUT_INVALID" });
  });
});
