import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import { hostileVerdict, SAMPLE_VERDICT } from "../../../test/harness/sample-verdict.ts";
import { printable } from "../../platform/terminal/index.ts";
import { renderVerdict, type VerdictReport } from "./index.ts";
import { uncountedOf } from "./uncounted.ts";

const options = { colour: false, version: "1.2.3" };
/** Links what looks like an address, as GitHub does; GitHub leaves bare domains alone. */
const reader = new MarkdownIt({ html: true, linkify: true });
reader.linkify.set({ fuzzyLink: false, fuzzyEmail: true });

const OWN_HTML =
  /^(?:<details(?: open)?><summary>(?:guard-mcp|idle-guard|dev-mcp-ban|witness): [\w ,:]+<\/summary>|<\/details>)\n*$/;
const BLOCKS = [
  "heading",
  "table",
  "thead",
  "tbody",
  "tr",
  "th",
  "td",
  "paragraph",
  "bullet_list",
  "list_item",
];
const OWN_BLOCKS = [...BLOCKS.flatMap((name) => [`${name}_open`, `${name}_close`]), "inline", "html_block"];
const OWN_INLINE = ["text", "text_special", "code_inline", "strong_open", "strong_close"];

const read = (markdown: string) => reader.parse(markdown, {});
const render = (verdict: VerdictReport) => renderVerdict(verdict, "markdown", options);
const shown = (text: string) =>
  printable(text.replace(/\p{Surrogate}/gu, "\uFFFD"))
    .replace(/\s+/g, " ")
    .trim();
const counted = (types: readonly string[], type: string) => types.filter((each) => each === type).length;

describe("markdown", () => {
  it("shows a table of the guards and the findings of each in a block to fold", () => {
    const markdown = render(SAMPLE_VERDICT);
    expect(markdown).toMatch(/^## ❌ fail: Growth Engine\n/);
    expect(markdown).toContain("| idle-guard | ➖ not applicable | Neither code nor a record changed. |");
    expect(markdown).toContain(
      "<details open><summary>guard-mcp: 3 findings: 2 block, 1 warn</summary>\n\n- ❌",
    );
    expect(markdown).toContain(
      "  - mend: Cut one link of the chain: move `app/lib/docs.ts:7` to `scripts/`.",
    );
  });

  it("names who let a failing verdict pass", () => {
    const overridden = { by: "lead", reason: "hotfix", until: "2026-02-01T00:00:00Z", head: "9f3c" };
    expect(render({ ...SAMPLE_VERDICT, verdict: "pass", overridden })).toContain(
      "Overridden by **lead** until 2026-02-01T00:00:00Z for `9f3c`: hotfix",
    );
  });

  it("stays under the 1 MiB that GitHub takes, and says what it left out", () => {
    const message = "|".repeat(3_000);
    const findings = Array.from({ length: 500 }, () => ({
      rule: "ban/import" as const,
      level: "block" as const,
      message,
    }));
    const guards = SAMPLE_VERDICT.guards.map((guard) => ({ ...guard, findings }));
    const markdown = render({ ...SAMPLE_VERDICT, guards });
    expect(Buffer.byteLength(markdown)).toBeLessThan(1024 * 1024);
    expect(markdown).toMatch(/\d{3} more did not fit here/);
  });

  it("holds no block, link, image or HTML but its own, whatever the text", () => {
    fc.assert(
      fc.property(hostileVerdict, (verdict) => {
        const tokens = read(render(verdict));
        const types = tokens.map(({ type }) => type);
        const findings = verdict.guards.flatMap((guard) => guard.findings);
        expect(types.filter((type) => !OWN_BLOCKS.includes(type))).toEqual([]);
        expect(counted(types, "heading_open")).toBe(1);
        expect(counted(types, "tr_open")).toBe(verdict.guards.length + 1);
        expect(counted(types, "td_open")).toBe(verdict.guards.length * 3);
        const chains = findings.filter(({ chain }) => chain).length;
        expect(counted(types, "list_item_open")).toBe(
          findings.length * 2 + chains + uncountedOf(verdict).length,
        );
        for (const { type, content } of tokens) if (type === "html_block") expect(content).toMatch(OWN_HTML);
        const inline = tokens.flatMap(({ children }) => children ?? []).map(({ type }) => type);
        expect(inline.filter((type) => !OWN_INLINE.includes(type))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("writes what means something to Markdown and HTML as entities", () => {
    const guards = SAMPLE_VERDICT.guards.map((guard) => ({ ...guard, summary: "<b>|*_[`\\~$!#&" }));
    expect(render({ ...SAMPLE_VERDICT, guards })).toContain(
      "| &#60;b&#62;&#124;&#42;&#95;&#91;&#96;&#92;&#126;&#36;&#33;&#35;&#38; |",
    );
  });

  it("loses nothing of a summary in its table cell, whatever the text", () => {
    fc.assert(
      fc.property(hostileVerdict, (verdict) => {
        const tokens = read(render(verdict));
        const cells = tokens.filter((_, index) => tokens[index - 1]?.type === "td_open");
        const texts = cells.map(({ children }) => (children ?? []).map(({ content }) => content).join(""));
        const summaries = texts
          .filter((_, index) => index % 3 === 2)
          .map((text) => text.replaceAll("\u200b", ""));
        expect(summaries).toEqual(verdict.guards.map(({ summary }) => shown(summary)));
      }),
      { numRuns: 300 },
    );
  });

  it("leaves no mention, reference or address outside code for GitHub to link", () => {
    fc.assert(
      fc.property(hostileVerdict, (verdict) => {
        const children = read(render(verdict)).flatMap((token) => token.children ?? []);
        const prose = children
          .map(({ type, content }) => (type === "code_inline" ? " ` " : content))
          .join("");
        expect(prose).not.toMatch(/@\w|#\d|\bGH-\d|:\/\/|www\.|mailto:\w/i);
      }),
      { numRuns: 300 },
    );
  });
});
