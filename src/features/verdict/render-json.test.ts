import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileVerdict, SAMPLE_VERDICT } from "../../../test/harness/sample-verdict.ts";
import { renderGuard, renderVerdict } from "./index.ts";

const options = { colour: false, version: "1.2.3" };
const repaired = (text: string) => text.replace(/\p{Surrogate}/gu, "\uFFFD");

describe("json", () => {
  it("keeps every field of the contract", () => {
    expect(JSON.parse(renderVerdict(SAMPLE_VERDICT, "json", options))).toEqual(SAMPLE_VERDICT);
  });

  it("writes the fields in the order of the contract, however they were put together", () => {
    const [finding] = SAMPLE_VERDICT.guards[2]?.findings.filter(({ chain }) => chain) ?? [];
    const backwards = Object.fromEntries(
      Object.entries(finding ?? {}).reverse(),
    ) as unknown as typeof finding;
    const guard = {
      findings: backwards ? [backwards] : [],
      summary: "s",
      verdict: "fail",
      guard: "dev-mcp-ban",
    } as const;
    const written: typeof guard = JSON.parse(
      renderGuard({ ...guard, findings: [...guard.findings] }, "json", options),
    );
    expect(Object.keys(written)).toEqual(["guard", "verdict", "summary", "findings"]);
    expect(Object.keys(written.findings[0] ?? {})).toEqual([
      "rule",
      "level",
      "message",
      "file",
      "line",
      "column",
      "hint",
      "chain",
    ]);
    expect(Object.keys(JSON.parse(renderVerdict(SAMPLE_VERDICT, "json", options)))).toEqual([
      "schema",
      "verdict",
      "base",
      "head",
      "rules",
      "guards",
    ]);
  });

  it("lets no field through that the contract does not know", () => {
    const timed = {
      ...SAMPLE_VERDICT,
      durationMs: 12,
      guards: SAMPLE_VERDICT.guards.map((guard) => ({ ...guard, at: 1 })),
    };
    expect(renderVerdict(timed, "json", options)).toBe(renderVerdict(SAMPLE_VERDICT, "json", options));
  });

  it("keeps the override", () => {
    const overridden = {
      by: "lead",
      reason: "hotfix",
      until: "2026-02-01T00:00:00Z",
      head: SAMPLE_VERDICT.head,
    };
    const written = JSON.parse(renderVerdict({ ...SAMPLE_VERDICT, overridden }, "json", options));
    expect(Object.entries(written.overridden)).toEqual(Object.entries(overridden));
  });

  it("reads back as what was written, whatever the text", () => {
    fc.assert(
      fc.property(hostileVerdict, (verdict) => {
        const expected = JSON.parse(JSON.stringify(verdict), (_, value) =>
          typeof value === "string" ? repaired(value) : value,
        );
        expect(JSON.parse(renderVerdict(verdict, "json", options))).toEqual(expected);
      }),
    );
  });
});
