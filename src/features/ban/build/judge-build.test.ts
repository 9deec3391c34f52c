import { describe, expect, it } from "vitest";
import { judgeBuild } from "./judge-build.ts";

const fact = { package: "context7-mcp", target: "context7-mcp", isExternal: false };

describe("a finding of a build", () => {
  it("names the chain, its first statement, and the mend of a transitive import", () => {
    const steps = [
      { file: "src/main.ts", line: 1 },
      { file: "src/docs.ts", line: 4 },
    ];
    expect(judgeBuild([{ ...fact, steps }])).toEqual([
      {
        rule: "ban/bundle",
        message: "the build holds context7-mcp: production reaches src/docs.ts, which imports it",
        file: "src/main.ts",
        line: 1,
        chain: ["src/main.ts:1", "src/docs.ts:4", "context7-mcp"],
        hint: "cut one link of the chain, such as the import at src/main.ts:1",
      },
    ]);
  });

  it("of one step has the mend of a direct import, and no line that is not known", () => {
    const [finding] = judgeBuild([{ ...fact, steps: [{ file: "src/a.vue", line: null }], isExternal: true }]);
    expect(finding).toEqual({
      rule: "ban/bundle",
      message:
        'the build loads context7-mcp when it runs (as "context7-mcp"): src/a.vue is production and imports it',
      file: "src/a.vue",
      chain: ["src/a.vue", "context7-mcp"],
      hint: "move the import to a file that production does not reach, such as one in scripts/",
    });
  });

  it("that begins at a page advises to cut a link after it", () => {
    const steps = ["index.html", "src/main.ts", "src/docs.ts"].map((file) => ({ file, line: 1 }));
    const hints = [steps, steps.slice(0, 2)].map((way) => judgeBuild([{ ...fact, steps: way }])[0]?.hint);
    expect(hints).toEqual([
      expect.stringMatching(/at src\/main\.ts:1$/),
      expect.stringMatching(/^move the import/),
    ]);
  });

  it("without any importer says what the output holds", () => {
    expect(judgeBuild([{ ...fact, steps: [], target: "node_modules/context7-mcp/cli.js" }])).toMatchObject([
      { message: "the build holds context7-mcp: node_modules/context7-mcp/cli.js" },
    ]);
  });
});
