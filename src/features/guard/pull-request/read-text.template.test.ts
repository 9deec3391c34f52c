import { describe, expect, it } from "vitest";
import type { SectionName } from "../../config/index.ts";
import { DEFAULT_TEMPLATE } from "./default-template.ts";
import { readPullRequestText } from "./read-text.ts";

const states = (text: string, ...templates: string[]) =>
  Object.values(readPullRequestText(text, templates)).map(({ state }) => state);
const UNFILLED = ["unfilled", "unfilled", "unfilled"];

const PLAIN_TEMPLATE = [
  "## MCP Evidence (required):",
  "Example: artifacts/eng/2026-01-31/mcp/context7.jsonl",
  "- artifacts/eng/2026-01-31/mcp/example.jsonl",
  "- No MCP usage - non-code change",
  "## Heartbeat",
  "- [x] <2h single session",
  "- [ ] artifacts/<agent>/<YYYY-MM-DD>/heartbeat.ndjson",
  "## Dev MCP Check",
  "Tick when it holds.",
  "- [ ] No Dev MCP imports in production code",
].join("\n");

function afterEdit(section: SectionName, from: string, to: string) {
  const text = PLAIN_TEMPLATE.replace(from, to);
  expect(text).not.toBe(PLAIN_TEMPLATE);
  return readPullRequestText(text, [PLAIN_TEMPLATE])[section];
}

describe("a text made from the repository's template", () => {
  it("is unfilled while nothing was touched", () => {
    expect(states(PLAIN_TEMPLATE, PLAIN_TEMPLATE)).toEqual(UNFILLED);
    expect(states(PLAIN_TEMPLATE.replaceAll("\n", "\r\n"), PLAIN_TEMPLATE)).toEqual(UNFILLED);
    expect(states(PLAIN_TEMPLATE.replaceAll("- ", "* "), PLAIN_TEMPLATE)).toEqual(UNFILLED);
  });

  it("is unfilled with the product's own template, known or not", () => {
    expect(states(DEFAULT_TEMPLATE)).toEqual(UNFILLED);
    expect(states(DEFAULT_TEMPLATE, DEFAULT_TEMPLATE)).toEqual(UNFILLED);
    expect(states(DEFAULT_TEMPLATE, PLAIN_TEMPLATE, DEFAULT_TEMPLATE)).toEqual(UNFILLED);
  });

  it("counts a box that the author ticked", () => {
    const facts = afterEdit("Dev MCP Check", "- [ ] No Dev", "- [x] No Dev");
    expect(facts).toMatchObject({ state: "filled", affirmed: true });
  });

  it("does not count a box that the template ticked", () => {
    expect(afterEdit("Heartbeat", "<YYYY-MM-DD>", "<date>")).toMatchObject({ state: "unfilled" });
  });

  it("counts an option whose neighbours were taken out", () => {
    const facts = afterEdit("MCP Evidence", "- artifacts/eng/2026-01-31/mcp/example.jsonl\n", "");
    expect(facts).toMatchObject({ state: "filled", cited: [], exemption: "non-code-change" });
  });

  it("counts an open option whose neighbours were taken out", () => {
    const text = DEFAULT_TEMPLATE.replace("- [ ] `artifacts/<agent>/<YYYY-MM-DD>/heartbeat.ndjson`\n", "");
    expect(readPullRequestText(text, [DEFAULT_TEMPLATE]).Heartbeat.exemption).toBe("single-session");
  });

  it("counts no option that never had a neighbour, whatever other templates hold", () => {
    expect(states(PLAIN_TEMPLATE, PLAIN_TEMPLATE, DEFAULT_TEMPLATE)).toEqual(UNFILLED);
    const facts = afterEdit("Dev MCP Check", "Tick when it holds.\n", "");
    expect(facts).toMatchObject({ state: "unfilled", affirmed: false });
  });

  it("does not count what is left when the neighbour was replaced by prose", () => {
    const facts = afterEdit(
      "MCP Evidence",
      "- artifacts/eng/2026-01-31/mcp/example.jsonl",
      "Nothing used.\n",
    );
    expect(facts).toMatchObject({ state: "unfilled" });
  });

  it("counts a path that the author filled in, and not the examples", () => {
    const facts = afterEdit("MCP Evidence", "mcp/example.jsonl", "mcp/mine.jsonl");
    expect(facts.cited).toEqual([{ path: "artifacts/eng/2026-01-31/mcp/mine.jsonl", line: 3 }]);
  });

  it("counts a link of which only the target was filled in", () => {
    const template = "## Heartbeat\n[beats](artifacts/<agent>/heartbeat.ndjson)";
    const facts = readPullRequestText(template.replace("<agent>", "eng"), [template]).Heartbeat;
    expect(facts.cited.map(({ path }) => path)).toEqual(["artifacts/eng/heartbeat.ndjson"]);
  });

  it("counts a phrase that the template shows only in a comment", () => {
    const template = "## Heartbeat\n<!--\n<2h single session\n-->";
    const text = "## Heartbeat\n- <2h single session";
    expect(readPullRequestText(text, [template]).Heartbeat.exemption).toBe("single-session");
  });
});
