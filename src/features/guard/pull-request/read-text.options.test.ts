import { describe, expect, it } from "vitest";
import type { SectionName } from "../../config/index.ts";
import { readPullRequestText } from "./read-text.ts";

const FILE = "artifacts/eng/2026-01-31/mcp/context7.jsonl";
const NON_CODE = "No MCP usage - non-code change";
const SESSION = "<2h single session";

function read(name: SectionName, ...lines: string[]) {
  return readPullRequestText([`## ${name}`, ...lines].join("\n"), [])[name];
}

describe("options of a section", () => {
  it.each(["- [x]", "- [X]", "* [x]", "1. [x]"])("counts one ticked with %s", (mark) => {
    const facts = read("MCP Evidence", "- [ ] something else", `${mark} ${NON_CODE}`);
    expect(facts).toMatchObject({ state: "filled", exemption: "non-code-change" });
  });

  it("counts the box even where a link definition is named like it", () => {
    const facts = read("MCP Evidence", "- [ ] other", `- [x] ${NON_CODE}`, "", "[x]: https://example.org");
    expect(facts.exemption).toBe("non-code-change");
  });

  it.each(["- [ ]", "-"])("does not count one of two that begin with %s", (mark) => {
    const facts = read("Heartbeat", `${mark} ${SESSION}`, `${mark} something else`);
    expect(facts).toMatchObject({ state: "unfilled", exemption: null });
  });

  it.each([`- ${SESSION}`, `- [ ] ${SESSION}`, "- &lt;2h single session", SESSION, `*${SESSION}*`])(
    "counts %j when it is the only thing left",
    (line) => {
      expect(read("Heartbeat", line).exemption).toBe("single-session");
    },
  );

  it("does not count an option beside a placeholder that nobody filled", () => {
    const facts = read("Heartbeat", "- artifacts/<agent>/<YYYY-MM-DD>/heartbeat.ndjson", `- ${SESSION}`);
    expect(facts).toMatchObject({ state: "unfilled", cited: [], exemption: null });
  });

  it.each([
    ["another sentence of the option", [`- [x] We do not say: ${NON_CODE}`]],
    ["a sentence before it", ["The template offers", `- ${NON_CODE}`]],
    ["struck text", [`- [x] ~~${NON_CODE}~~`]],
    ["an element that strikes", [`- [x] <del>${NON_CODE}</del>`]],
    ["a quote", [`> - [x] ${NON_CODE}`]],
    ["a fence in an option", ["- ```", `  [x] ${NON_CODE}`, "  ```"]],
    ["an option without a list", [`[x] ${NON_CODE}`]],
    ["a nested option without a box", ["- [x] One of:", `  - ${NON_CODE}`]],
    ["the exemption of another section", [`- [x] ${SESSION}`]],
  ])("takes no exemption from %s", (_where, lines) => {
    expect(read("MCP Evidence", ...lines)).toMatchObject({ state: "unfilled", exemption: null });
  });

  it("reads an option that is wrapped over two lines", () => {
    expect(read("MCP Evidence", "- [x] No MCP usage -", "  non-code change").exemption).toBe(
      "non-code-change",
    );
  });

  it("cites from a sentence of a ticked option, and not of an open or a plain one", () => {
    const sentence = `looked things up, see ${FILE} and read it`;
    const counts = ["- [x]", "- [ ]", "-"].map(
      (mark) => read("MCP Evidence", `${mark} ${sentence}`, "- other").cited.length,
    );
    expect(counts).toEqual([1, 0, 0]);
  });

  it("hears nothing under an open box, except what is ticked there", () => {
    const facts = read("MCP Evidence", "- [ ] Files:", `  - ${FILE}`, `  - [x] ${FILE}.ndjson`);
    expect(facts.cited.map(({ path }) => path)).toEqual([`${FILE}.ndjson`]);
  });

  it("hears paths under a ticked box", () => {
    expect(read("MCP Evidence", "- [x] Files:", `  - ${FILE}`, "- [ ] other").cited).toHaveLength(1);
  });

  it("affirms by a ticked option of the Dev MCP Check alone", () => {
    const option = "- [x] No Dev MCP imports in production code";
    expect(read("Dev MCP Check", option, "- [ ] other")).toMatchObject({ state: "filled", affirmed: true });
    expect(read("MCP Evidence", option)).toMatchObject({ state: "unfilled", affirmed: false });
  });

  it("does not fill the Dev MCP Check with a path", () => {
    expect(read("Dev MCP Check", FILE)).toMatchObject({ state: "unfilled", affirmed: false });
  });

  it("leaves a section of free prose unfilled", () => {
    const facts = read("MCP Evidence", `Nothing to see; ${FILE} was written, no MCP usage otherwise.`);
    expect(facts).toMatchObject({ state: "unfilled", cited: [] });
  });
});
