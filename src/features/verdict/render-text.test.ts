import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BROKEN_GUARD, hostileVerdict, SAMPLE_VERDICT } from "../../../test/harness/sample-verdict.ts";
import { renderGuard, renderVerdict } from "./index.ts";

const plain = { colour: false, version: "1.2.3" };
const coloured = { colour: true, version: "1.2.3" };
const text = renderVerdict(SAMPLE_VERDICT, "text", plain);

describe("text", () => {
  it("begins with the verdict, the range and one line per guard", () => {
    expect(text.split("\n").slice(0, 5)).toEqual([
      "✖ fail  9f3c2e1b70 against 4b1d0aa3c2, rules of 77aa01c5d2",
      "",
      "✖ fail            guard-mcp    2 of the 5 new evidence lines are not valid, and guard config changed.",
      "○ not applicable  idle-guard   Neither code nor a record changed.",
      "✖ fail            dev-mcp-ban  Production reaches 1 banned package; 2,477 files seen.",
    ]);
  });

  it("names a revision that could not be found in full", () => {
    const broken = { ...SAMPLE_VERDICT, head: "origin/clean-products", base: null, rules: null };
    expect(renderVerdict(broken, "text", plain).split("\n")[0]).toBe("✖ fail  origin/clean-products");
  });

  it("shows a chain as a tree between message and mend", () => {
    expect(text).toContain(
      [
        "  ✖ block    ban/transitive  app/routes/products.ts:2:1",
        "    │ `app/routes/products.ts` reaches `context7-mcp`.",
        "    │ app/routes/products.ts:2",
        "    │ └─ app/lib/catalogue.ts:11",
        "    │    └─ app/lib/docs.ts:7",
        "    │       └─ context7-mcp",
        "    │ mend: Cut one link of the chain: move `app/lib/docs.ts:7` to `scripts/`.",
      ].join("\n"),
    );
  });

  it("says once how neighbours of one rule are mended", () => {
    expect(text.match(/mend: Required are/g)).toHaveLength(1);
  });

  it("ends with the counts, and one line that leads to the pages of the rules", () => {
    expect(text).toMatch(
      /\n\n6 findings: 4 block, 1 warn, 1 observe\npages: docs\/reference\/rules\/[a-z-]+[.]md, [a-z-]+[.]md, [a-z-]+[.]md, \d more\n$/,
    );
  });

  it("does not say that a guard which could not tell found nothing", () => {
    expect(renderGuard(BROKEN_GUARD, "text", plain)).toBe(`! error  idle-guard  ${BROKEN_GUARD.summary}\n`);
  });

  it("names who let a failing verdict pass, until when and why", () => {
    const overridden = {
      by: "lead",
      reason: "hotfix",
      until: "2026-02-01T00:00:00Z",
      head: SAMPLE_VERDICT.head,
    };
    expect(renderVerdict({ ...SAMPLE_VERDICT, verdict: "pass", overridden }, "text", plain)).toContain(
      "\noverridden by lead until 2026-02-01T00:00:00Z for 9f3c2e1b70: hotfix\n",
    );
  });

  it("says once what is the same of several files", () => {
    const same = {
      rule: "guard/self-change",
      level: "warn",
      message: "it guards",
      hint: "review it",
    } as const;
    const findings = [
      { ...same, file: "a.yml" },
      { ...same, file: "b.yml" },
    ];
    const guard = { guard: "dev-mcp-ban", verdict: "pass", summary: "well", findings } as const;
    expect(
      renderGuard({ ...guard, findings }, "text", plain)
        .split("\n")
        .slice(3, 8),
    ).toEqual([
      "",
      "  ▲ warn     guard/self-change  a.yml",
      "  ▲ warn     guard/self-change  b.yml",
      "    │ it guards",
      "    │ mend: review it",
    ]);
  });

  it("says the same with colour and without", () => {
    const painted = renderVerdict(SAMPLE_VERDICT, "text", coloured);
    expect(painted).not.toBe(text);
    expect(stripVTControlCharacters(painted)).toBe(text);
  });

  it("lets no foreign text begin a line of the report or a command of a CI log", () => {
    const line =
      /^(?:|[✔✖!○] .*|overridden by .*|the approval by .*|\d+ more approvals .*| {2}[✖▲•] .*| {4}│ .*|(?:guard-mcp|idle-guard|dev-mcp-ban|witness)|no findings|\d+ findings?: .*|pages: docs\/reference\/rules\/[a-z-]+\.md.*)$/u;
    fc.assert(
      fc.property(hostileVerdict, (verdict) => {
        for (const each of renderVerdict(verdict, "text", plain).split(/\r\n|\r|\n/)) {
          expect(each).toMatch(line);
          expect(each).not.toContain("##[");
        }
      }),
    );
  });
});
