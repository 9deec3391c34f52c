import { describe, expect, it } from "vitest";
import { readPullRequestText } from "./read-text.ts";

const FILE = "artifacts/eng/2026-01-31/mcp/context7.jsonl";
const read = (...lines: string[]) => readPullRequestText(lines.join("\n"), []);
const evidence = (...lines: string[]) => read(...lines)["MCP Evidence"];

describe("sections of a pull request text", () => {
  it("finds none in an empty text", () => {
    const states = Object.values(read("")).map(({ state, line }) => [state, line]);
    expect(states).toEqual(Array(3).fill(["missing", null]));
  });

  it.each([1, 2, 3, 4, 5, 6])("finds a heading of level %i", (level) => {
    expect(evidence(`${"#".repeat(level)} MCP Evidence`, FILE)).toMatchObject({ state: "filled", line: 1 });
  });

  it("finds an underlined heading", () => {
    expect(evidence("Intro", "", "MCP Evidence:", "---", FILE)).toMatchObject({ state: "filled", line: 3 });
  });

  it("ends a section at the next heading of the same or a higher level", () => {
    expect(evidence("## MCP Evidence", "## Notes", FILE).state).toBe("unfilled");
    expect(evidence("## MCP Evidence", "# Notes", FILE).state).toBe("unfilled");
  });

  it("keeps lower headings in the section", () => {
    expect(evidence("## MCP Evidence", "### Files", FILE).state).toBe("filled");
  });

  it("ends a section at any of the three, even at a lower level", () => {
    const facts = read("# MCP Evidence", "### Heartbeat", FILE);
    expect([facts["MCP Evidence"].state, facts.Heartbeat.state]).toEqual(["unfilled", "filled"]);
  });

  it("reads several sections of one name together", () => {
    const other = FILE.replace("context7", "web-search");
    const facts = evidence("## MCP Evidence", FILE, "## Notes", "## MCP Evidence", other);
    expect(facts).toMatchObject({
      line: 1,
      cited: [
        { path: FILE, line: 2 },
        { path: other, line: 5 },
      ],
    });
  });

  it.each([
    ["a quote", ["> ## MCP Evidence", `> ${FILE}`]],
    ["a fence", ["```", "## MCP Evidence", FILE, "```"]],
    ["a comment", ["<!--", "## MCP Evidence", FILE, "-->"]],
    ["a list", ["- ## MCP Evidence", `  ${FILE}`]],
    ["bold text", ["**MCP Evidence**", "", FILE]],
    ["a sentence", ["## No MCP Evidence needed", FILE]],
  ])("finds no section in %s", (_where, lines) => {
    expect(evidence(...lines).state).toBe("missing");
  });
});
