import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isCitable } from "./cited-paths.ts";
import { DEFAULT_TEMPLATE } from "./default-template.ts";
import { readPullRequestText } from "./read-text.ts";
import { type WrittenFacts, writePullRequestText } from "./write-text.ts";

const FILE = "artifacts/eng/2026-01-31/mcp/context7.jsonl";
const NOTHING: WrittenFacts = {
  codeChanged: true,
  evidence: [],
  heartbeats: [],
  longWork: true,
  banFindings: 1,
};

const name = fc.oneof(
  fc.stringMatching(/^[\w.@+()*~-]{1,12}$/),
  fc.string({ unit: "binary", minLength: 1, maxLength: 12 }),
  fc.constantFrom("-->", "a\n## Heartbeat\nb", "<agent>", "`", "..", " ", "…"),
);
const path = fc
  .tuple(name, name, fc.constantFrom("jsonl", "ndjson"))
  .map(([a, b, end]) => `artifacts/${a}/${b}.${end}`);
const facts: fc.Arbitrary<WrittenFacts> = fc.record({
  codeChanged: fc.boolean(),
  evidence: fc.array(path, { maxLength: 4 }),
  heartbeats: fc.array(path, { maxLength: 4 }),
  longWork: fc.boolean(),
  banFindings: fc.nat({ max: 2 }),
});

describe("writePullRequestText", () => {
  it("writes what is read back: the same files, and an exemption only where the facts allow it", () => {
    fc.assert(
      fc.property(facts, fc.constantFrom([], [DEFAULT_TEMPLATE]), (given, templates) => {
        const read = readPullRequestText(writePullRequestText(given), templates);
        const { "MCP Evidence": evidence, Heartbeat: beats, "Dev MCP Check": ban } = read;
        const citable = (paths: readonly string[]) => [...new Set(paths)].filter(isCitable);
        expect(evidence.cited.map((cited) => cited.path)).toEqual(citable(given.evidence));
        expect(beats.cited.map((cited) => cited.path)).toEqual(citable(given.heartbeats));
        expect(evidence.exemption !== null).toBe(given.evidence.length === 0 && !given.codeChanged);
        expect(beats.exemption !== null).toBe(given.heartbeats.length === 0 && !given.longWork);
        expect(ban.affirmed).toBe(given.banFindings === 0);
      }),
    );
  });

  it("can cite every ordinary record file", () => {
    const ordinary = fc.stringMatching(
      /^artifacts\/[a-z][a-z0-9_-]{0,9}\/2026-01-31\/mcp\/[a-z0-9_.@-]{0,9}[a-z0-9]\.jsonl$/,
    );
    fc.assert(
      fc.property(ordinary, (file) => file.includes("...") || file.includes("yyyy") || isCitable(file)),
    );
  });

  it("leaves every section open when the facts are lacking, and says what to run", () => {
    const text = writePullRequestText(NOTHING);
    const states = Object.values(readPullRequestText(text, [])).map(({ state }) => state);
    expect(states).toEqual(["unfilled", "unfilled", "unfilled"]);
    expect(text).not.toContain("[x]");
    for (const command of ["evidence add", "heartbeat beat", "ban scan"]) {
      expect(text).toContain(`growth-engine ${command}`);
    }
  });

  it("fills the product's own template when it is written below it", () => {
    const written = writePullRequestText({ ...NOTHING, evidence: [FILE], longWork: false, banFindings: 0 });
    const read = readPullRequestText(`${DEFAULT_TEMPLATE}\n${written}`, [DEFAULT_TEMPLATE]);
    expect(Object.values(read).map(({ state }) => state)).toEqual(["filled", "filled", "filled"]);
  });

  it("claims no exemption beside a file whose name cannot be cited", () => {
    const text = writePullRequestText({
      ...NOTHING,
      codeChanged: false,
      evidence: ["artifacts/a\n-->/x.jsonl"],
    });
    expect(readPullRequestText(text, [])["MCP Evidence"]).toMatchObject({
      state: "unfilled",
      exemption: null,
    });
    expect(text).toContain("1 file has a name");
  });
});
