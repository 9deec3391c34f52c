import { describe, expect, it } from "vitest";
import { readPullRequestText } from "./read-text.ts";

const FILE = "artifacts/eng/2026-01-31/mcp/context7.jsonl";
const OTHER = "artifacts/eng/2026-01-31/mcp/web_search.jsonl";

function cited(...lines: string[]) {
  return readPullRequestText(["## MCP Evidence", ...lines, "", "- other", "- things"].join("\n"), [])[
    "MCP Evidence"
  ].cited;
}
const paths = (...lines: string[]) => cited(...lines).map(({ path }) => path);

describe("cited paths", () => {
  it.each([
    FILE,
    `- ${FILE}`,
    `  * \`${FILE}\``,
    `1. ${FILE}.`,
    `- [x] ${FILE}`,
    `**${FILE}**`,
    `"${FILE}",`,
    `<b>${FILE}</b>`,
    `[evidence](${FILE})`,
    `[context7.jsonl](${FILE})`,
    `[\`${FILE}\`](https://github.com/o/r/blob/main/${FILE})`,
    `https://github.com/o/r/blob/feature/x/${FILE}?plain=1#L3`,
    `<https://gitlab.example/g/p/-/blob/main/${FILE}>`,
    `https://raw.githubusercontent.com/o/r/main/${FILE}`,
    `${FILE}#L3-L9`,
    `${FILE}:12`,
    `${FILE} (3 entries)`,
    `Evidence file: ${FILE}`,
    `- **Files:** \`${FILE}\` <!-- mine -->`,
  ])("reads one from %j", (line) => {
    expect(paths(line)).toEqual([FILE]);
  });

  it("reads several from one line, and each once", () => {
    expect(paths(`${FILE}, ${OTHER} and \`${FILE}\``)).toEqual([FILE, OTHER]);
  });

  it.each(["\n", "\r\n", "\r"])("says on which line each stands, with lines that end in %j", (end) => {
    const lines = [
      "\uFEFF## MCP Evidence",
      "`over",
      "two` and <!-- on",
      "-->",
      FILE,
      "",
      "- [x]",
      `  ${OTHER}`,
    ];
    const found = readPullRequestText(lines.join(end), [])["MCP Evidence"].cited;
    expect(found).toEqual([
      { path: FILE, line: 5 },
      { path: OTHER, line: 8 },
    ]);
  });

  it.each([
    "../artifacts/eng/2026-01-31/mcp/x.jsonl",
    "/artifacts/eng/2026-01-31/mcp/x.jsonl",
    "/etc/passwd.jsonl",
    "C:\\work\\x.jsonl",
    "artifacts/eng/2026-01-31/mcp/../..",
    "artifacts/eng/2026-01-31/mcp/",
    "artifacts/eng/*/mcp/**",
    "artifacts/eng/2026-01-31/mcp/*.jsonl",
    "artifacts/__a__/2026-01-31/mcp/x.jsonl",
    "https://example.org/x.jsonl",
    "evidence.jsonl",
  ])("keeps the bad path %j as it is", (path) => {
    expect(paths(path)).toEqual([path]);
  });

  it("keeps a way out that a link hides", () => {
    expect(paths("[x](artifacts/eng/%2e%2e/x.jsonl)")).toEqual(["artifacts/eng/../x.jsonl"]);
    expect(paths("https://github.com/o/r/blob/main/artifacts/a/../../x.jsonl")).toEqual([
      "artifacts/a/../../x.jsonl",
    ]);
    expect(paths("[x](artifacts/%E0%A4%A.jsonl)")).toEqual(["artifacts/%E0%A4%A.jsonl"]);
  });

  it("cites both when a link shows one path and leads to another", () => {
    expect(paths(`[${FILE}](${OTHER})`)).toEqual([OTHER, FILE]);
  });

  it.each([
    `see ${FILE} for details`,
    `~~${FILE}~~`,
    `- [x] ~~was ${FILE} once~~ gone`,
    `> ${FILE}`,
    `    ${FILE}`,
    `<!-- ${FILE} -->`,
    `[x]: ${FILE}`,
    `![x](${FILE})`,
    "artifacts/<agent>/<YYYY-MM-DD>/mcp/<topic>.jsonl",
    "`artifacts/&lt;agent&gt;/2026-01-31/mcp/x.jsonl` artifacts/&lt;agent&gt;/mcp/x.jsonl",
    "artifacts/eng/YYYY-MM-DD/mcp/x.jsonl",
    "artifacts/…/mcp/x.jsonl",
    "artifacts/.../mcp/x.jsonl",
    "artifacts/{agent}/2026-01-31/mcp/x.jsonl",
    "artifacts/eng/2026-01-31/mcp/TODO.jsonl",
    "[x](artifacts/%3Cagent%3E/x.jsonl)",
    ".jsonl",
    "artifacts/",
    "https://example.org/",
  ])("reads none from %j", (line) => {
    expect(paths("", line)).toEqual([]);
  });

  it("takes a bare file name in a ticked sentence for a mention", () => {
    expect(paths(`- [x] heartbeat.ndjson aside, ${FILE} holds it`)).toEqual([FILE]);
  });
});
