import { describe, expect, it } from "vitest";
import { parseConfig } from "../config/index.ts";
import { codeMatcher } from "./code-matcher.ts";

describe("code", () => {
  const isCode = codeMatcher(parseConfig("{}"));

  it.each(["src/a.ts", "a.test.ts", "deep/er/x.py", ".hidden/a.js"])("is %s", (path) => {
    expect(isCode(path)).toBe(true);
  });

  it.each([
    "README.md",
    "docs/example.ts",
    "package.json",
    "vite.config.ts",
    "src/__mocks__/a.ts",
    "pnpm-lock.yaml",
    "a.generated.ts",
  ])("is not %s", (path) => {
    expect(isCode(path)).toBe(false);
  });

  it("is never a record, whatever the config says", () => {
    const everything = codeMatcher(parseConfig('{"evidence":{"code":["**"],"nonCode":[]}}'));
    expect(everything("artifacts/ada/2026-01-05/mcp/web.jsonl")).toBe(false);
    expect(everything("artifacts/ada/2026-01-05/heartbeat.ndjson")).toBe(false);
    expect(everything("artifacts/redactions.jsonl")).toBe(false);
    expect(everything("artifacts/ada/2026-01-05/mcp/web.ts")).toBe(true);
  });
});
