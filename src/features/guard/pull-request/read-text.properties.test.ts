import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPullRequestText } from "./read-text.ts";

const FILE = "artifacts/eng/2026-01-31/mcp/context7.jsonl";
const HEADINGS = ["## MCP Evidence", "### Heartbeat:", "Dev MCP Check", "---", "## Notes"];
const CONTENT = [
  FILE,
  `- [x] \`${FILE}\``,
  "- [ ] No MCP usage - non-code change",
  "- [x] <2h single session",
  "  - [X] No Dev MCP imports in production code",
  "> quoted",
  "```",
  "<!--",
  "-->",
  "<details>",
  "artifacts/<agent>/x.jsonl",
  "~~struck",
  "[x](",
  "\ud800 \0 \uFEFF",
  "",
];
const line = fc.oneof(fc.constantFrom(...HEADINGS, ...CONTENT), fc.string({ unit: "binary", maxLength: 20 }));
const markdown = fc
  .tuple(fc.array(line, { maxLength: 25 }), fc.constantFrom("\n", "\r\n", "\n\n"))
  .map(([lines, end]) => lines.join(end));

const quoted = (text: string) => text.replaceAll(/^/gm, "> ");

describe("readPullRequestText", () => {
  it("answers any text, and names only lines that are there", () => {
    fc.assert(
      fc.property(markdown, fc.array(markdown, { maxLength: 2 }), (text, templates) => {
        const count = text.split(/\r\n?|\n/).length;
        for (const { state, line, cited, exemption, affirmed } of Object.values(
          readPullRequestText(text, templates),
        )) {
          expect(line === null).toBe(state === "missing");
          for (const { line: at } of cited) expect(at >= (line ?? 0) && at <= count).toBe(true);
          if (state === "filled") expect(cited.length > 0 || exemption !== null || affirmed).toBe(true);
        }
      }),
    );
  });

  it("never takes an untouched template for a filled one", () => {
    fc.assert(
      fc.property(markdown, fc.array(markdown, { maxLength: 2 }), (template, others) => {
        const facts = Object.values(readPullRequestText(template, [...others, template]));
        expect(facts.map(({ state }) => state)).not.toContain("filled");
      }),
    );
  });

  it("hears nothing in quotes, fences and comments", () => {
    fc.assert(
      fc.property(markdown, (text) => {
        const fence = "`".repeat(60);
        const hidden = [quoted(text.replaceAll("\r", "")), `${fence}\n${text}\n${fence}`];
        hidden.push(`<!--\n${text.replaceAll("-->", "")}\n-->`);
        for (const content of hidden) {
          const facts = readPullRequestText(`## MCP Evidence\n\n${content}`, [])["MCP Evidence"];
          expect(facts).toMatchObject({ state: "unfilled", cited: [] });
        }
      }),
    );
  });

  it.each(["a\n", "- [x] a\n", "> ", "- ", "[", "`", "*", "|a|b|\n", "<a ", "a <!-- ", "\ud800"])(
    "answers 256 KiB of %j",
    (piece) => {
      const text = `## MCP Evidence\n\n${piece.repeat((256 * 1024) / piece.length)}`;
      expect(readPullRequestText(text, [])["MCP Evidence"].state).toBe("unfilled");
    },
  );
});
