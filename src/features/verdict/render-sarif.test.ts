import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BROKEN_GUARD, hostileVerdict, SAMPLE_VERDICT } from "../../../test/harness/sample-verdict.ts";
import { RULE_NAMES } from "../../vocabulary/rules/index.ts";
import { renderGuard, renderVerdict, type VerdictReport } from "./index.ts";

const options = { colour: false, version: "1.2.3" };

interface Place {
  artifactLocation: { uri: string; uriBaseId: string };
  region?: { startLine: number; startColumn?: number };
}

interface Result {
  ruleId: string;
  ruleIndex: number;
  level: string;
  message: { text: string };
  locations: { physicalLocation: Place }[];
  codeFlows?: {
    threadFlows: { locations: { location: { physicalLocation: Place; message: { text: string } } }[] }[];
  }[];
  partialFingerprints: Record<string, string>;
  suppressions?: { kind: string; status: string; justification: string }[];
}

interface Run {
  tool: { driver: { name: string; version: string; rules: Record<string, unknown>[] } };
  invocations: {
    executionSuccessful: boolean;
    toolExecutionNotifications: { level: string; message: { text: string } }[];
  }[];
  results: Result[];
}

const runOf = (sarif: string): Run => JSON.parse(sarif).runs[0];
const sample = runOf(renderVerdict(SAMPLE_VERDICT, "sarif", options));
const prints = (verdict: VerdictReport) =>
  runOf(renderVerdict(verdict, "sarif", options)).results.map(
    (result) => result.partialFingerprints["growthEngineFinding/v1"],
  );

describe("sarif", () => {
  it("names version 2.1.0, its schema and the tool", () => {
    const log = JSON.parse(renderVerdict(SAMPLE_VERDICT, "sarif", options));
    expect(log).toMatchObject({
      version: "2.1.0",
      $schema: expect.stringContaining("sarif-schema-2.1.0.json"),
    });
    expect(log.runs).toHaveLength(1);
    expect(sample.tool.driver).toMatchObject({ name: "Growth Engine", version: "1.2.3" });
  });

  it("describes every rule of the catalogue", () => {
    expect(sample.tool.driver.rules.map(({ id }) => id)).toEqual(RULE_NAMES);
    expect(sample.tool.driver.rules.find(({ id }) => id === "ban/type-only")).toMatchObject({
      shortDescription: { text: expect.stringMatching(/\.$/) },
      help: { text: expect.stringMatching(/\.$/) },
      helpUri: expect.stringMatching(/^pkg:npm\/growth-engine@.+#docs\/reference\/rules\/ban-type-only\.md$/),
      defaultConfiguration: { enabled: true, level: "note" },
    });
  });

  it("maps levels, and points each result at its rule", () => {
    expect(sample.results.map(({ level }) => level)).toEqual([
      "error",
      "error",
      "warning",
      "error",
      "error",
      "note",
    ]);
    for (const { ruleId, ruleIndex } of sample.results) expect(RULE_NAMES[ruleIndex]).toBe(ruleId);
  });

  it("shows a chain as a code flow through its places", () => {
    const flow =
      sample.results.find(({ codeFlows }) => codeFlows)?.codeFlows?.[0]?.threadFlows[0]?.locations ?? [];
    expect(
      flow.map(({ location: { physicalLocation: place, message } }) => [
        place.artifactLocation.uri,
        place.region?.startLine,
        message.text,
      ]),
    ).toEqual([
      ["app/routes/products.ts", 2, "reaches app/lib/catalogue.ts:11"],
      ["app/lib/catalogue.ts", 11, "reaches app/lib/docs.ts:7"],
      ["app/lib/docs.ts", 7, "reaches context7-mcp"],
    ]);
  });

  it("gives a finding about no file a location, since GitHub refuses the upload otherwise", () => {
    const result = sample.results.find(({ ruleId }) => ruleId === "ban/section-missing");
    expect(result?.locations).toEqual([
      { physicalLocation: { artifactLocation: { uri: "growth-engine.json", uriBaseId: "%SRCROOT%" } } },
    ]);
  });

  it("reports a guard that could not tell as an unsuccessful run", () => {
    const [invocation] = runOf(renderGuard(BROKEN_GUARD, "sarif", options)).invocations;
    expect(invocation?.executionSuccessful).toBe(false);
    expect(invocation?.toolExecutionNotifications[0]?.message.text).toContain(BROKEN_GUARD.summary);
    expect(sample.invocations[0]?.executionSuccessful).toBe(true);
  });

  it("marks what an override let through as suppressed", () => {
    const overridden = {
      by: "lead",
      reason: "hotfix",
      until: "2026-02-01T00:00:00Z",
      head: SAMPLE_VERDICT.head,
    };
    const { results } = runOf(
      renderVerdict({ ...SAMPLE_VERDICT, verdict: "pass", overridden }, "sarif", options),
    );
    expect(results.map(({ level, suppressions }) => level === "error" && suppressions?.[0]?.status)).toEqual([
      "accepted",
      "accepted",
      false,
      "accepted",
      "accepted",
      false,
    ]);
  });

  it("keeps a finding's fingerprint when lines move, and tells equal findings apart", () => {
    const moved = SAMPLE_VERDICT.guards.map((guard) => ({
      ...guard,
      findings: guard.findings.map((finding) => ({
        ...finding,
        ...(finding.line ? { line: finding.line + 7 } : {}),
        ...(finding.chain ? { chain: finding.chain.map((step) => step.replace(/\d+$/, "99")) } : {}),
      })),
    }));
    expect(prints({ ...SAMPLE_VERDICT, guards: moved })).toEqual(prints(SAMPLE_VERDICT));
    const twice = prints({ ...SAMPLE_VERDICT, guards: [...SAMPLE_VERDICT.guards, ...SAMPLE_VERDICT.guards] });
    expect(new Set(twice).size).toBe(12);
  });

  it("leads no viewer out of the repository and makes no links, whatever the text", () => {
    fc.assert(
      fc.property(hostileVerdict, (verdict) => {
        const { results } = runOf(renderVerdict(verdict, "sarif", options));
        expect(results).toHaveLength(verdict.guards.flatMap(({ findings }) => findings).length);
        for (const { locations, codeFlows, message } of results) {
          const flow =
            codeFlows?.flatMap(({ threadFlows }) => threadFlows.flatMap((thread) => thread.locations)) ?? [];
          const places = [...locations, ...flow.map(({ location }) => location)];
          for (const {
            physicalLocation: {
              artifactLocation: { uri },
            },
          } of places) {
            expect(new URL(uri, "https://host.invalid/root/").href).toBe(`https://host.invalid/root/${uri}`);
            expect(uri).toMatch(/^[\w.~!*'()%-]+(?:\/[\w.~!*'()%-]+)*$/);
          }
          expect(message.text).not.toContain("](");
        }
      }),
      { numRuns: 300 },
    );
  });

  it("writes a path so that it reads back", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ unit: "grapheme", minLength: 1 }).filter((name) => !/^\.{1,2}$|\//.test(name)),
          { minLength: 1 },
        ),
        (names) => {
          const findings = [
            { rule: "ban/import" as const, level: "block" as const, message: "m", file: names.join("/") },
          ];
          const [result] = runOf(renderGuard({ ...BROKEN_GUARD, findings }, "sarif", options)).results;
          expect(decodeURIComponent(result?.locations[0]?.physicalLocation.artifactLocation.uri ?? "")).toBe(
            names.join("/"),
          );
        },
      ),
    );
  });
});
