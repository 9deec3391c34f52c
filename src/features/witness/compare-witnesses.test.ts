import { describe, expect, it } from "vitest";
import { defaultConfig } from "../config/index.ts";
import { compareWitnesses } from "./compare-witnesses.ts";
import { judgeWitness, summariseWitness } from "./judge-witness.ts";
import type { CodeChange } from "./see-files.ts";
import type { SeenLine, Witness } from "./seen-line.ts";

const TEN = Date.parse("2026-01-05T10:00:00Z");
const at = (minute: number) => TEN + minute * 60_000;
let count = 0;

function line(witness: Witness, minute: number, more: Partial<SeenLine> = {}): SeenLine {
  count += 1;
  return {
    witness,
    recorder: { hook: "claude-code", transcript: "claude-code", proxy: "mcp-proxy" }[witness as string] ?? "",
    agent: "ada",
    task: "ENG-1",
    session:
      { hook: "claude-code-s1", transcript: "transcript-s1", proxy: "proxy-x" }[witness as string] ?? null,
    at: at(minute),
    durationMs: 0,
    tool: "context7",
    call: "get-docs",
    ref: "context7:/vercel/next.js",
    action: "consult",
    files: [],
    id: `id-${count}`,
    input: witness === "claimed" ? null : `h-${minute}`,
    subagent: null,
    place: `artifacts/ada/2026-01-05/mcp/x.jsonl:${count}`,
    ...more,
  };
}

const edit = (witness: Witness, minute: number, file: string, more: Partial<SeenLine> = {}) =>
  line(witness, minute, {
    tool: "edit",
    call: "Edit",
    action: "edit",
    files: [file],
    ref: `repo:${file}`,
    ...more,
  });

const file = (name: string, packages: string[] = []): CodeChange => ({
  file: name,
  change: "changed",
  packages,
});

function compare(lines: SeenLine[], code: CodeChange[] = []) {
  const { facts } = compareWitnesses({ lines, code, window: 120_000, documentation: {} });
  const findings = judgeWitness(facts, defaultConfig());
  return { facts, findings, differences: facts.differences };
}

describe("changed files", () => {
  it("are blind spots where no recorder saw an edit, whatever was typed", () => {
    const { findings, facts } = compare(
      [edit("hook", 1, "a.ts"), edit("claimed", 1, "b.ts", { recorder: "" })],
      [file("a.ts"), file("b.ts"), file("c.ts"), { ...file("d.ts"), change: "moved" }],
    );
    expect(findings.map(({ rule, file: of, message }) => [rule, of, message])).toEqual([
      [
        "witness/blind-spot",
        "b.ts",
        "changed, and no recorder saw an edit of it: only a typed line tells of it",
      ],
      ["witness/blind-spot", "c.ts", "changed, and no recorder saw an edit of it: git alone tells of it"],
    ]);
    expect(summariseWitness(facts)).toBe(
      "1 of 3 changed code files were seen being edited by a recorder; hook told of 2 calls",
    );
  });

  it("are listed a hundred times at most, and the rest counted", () => {
    const { findings } = compare(
      [],
      Array.from({ length: 130 }, (_, index) => file(`${index}.ts`)),
    );
    expect(findings).toHaveLength(101);
    expect(findings.at(-1)?.message).toBe("30 more findings of this rule are not listed");
  });
});

describe("differences", () => {
  it("name what a transcript saw while hook and proxy were recording and did not", () => {
    const around = [line("hook", 0), line("hook", 40), line("proxy", 0), line("proxy", 40)];
    const { differences, findings } = compare([
      ...around,
      line("transcript", 0),
      ...[2, 10, 20].map((minute) => line("transcript", minute)),
      line("transcript", 40),
    ]);
    expect(differences).toMatchObject([
      { calls: 3, seenBy: ["transcript"], notSeenBy: ["hook", "proxy"], explained: null },
    ]);
    expect(findings).toMatchObject([
      {
        rule: "witness/unexplained",
        message:
          "transcript saw 3 calls of context7 of ada between 2026-01-05T10:02:00Z and 2026-01-05T10:20:00Z that neither hook nor proxy saw",
      },
    ]);
  });

  it("are explained by a recorder that began later, a session without it, a subagent, and what a host tells", () => {
    const explained = (lines: SeenLine[]) =>
      compare(lines).differences.map(({ notSeenBy, explained: why }) => [notSeenBy.join(), why]);
    expect(explained([line("transcript", 1), line("transcript", 30), line("hook", 30)])).toEqual([
      ["hook", "the hook began to record later"],
    ]);
    expect(explained([line("transcript", 1)])).toEqual([
      ["hook", "no hook recorded anything of that session"],
    ]);
    const both = [line("hook", 0), line("transcript", 0), line("hook", 9), line("transcript", 9)];
    expect(explained([...both, line("transcript", 5, { subagent: "a1" })])).toEqual([
      ["hook", "hooks do not fire for every subagent"],
    ]);
    const codex = both.map((each) => ({
      ...each,
      recorder: each.witness === "hook" ? "codex-cli" : "codex",
    }));
    const search = line("transcript", 5, { recorder: "codex", tool: "web-search", call: "web_search" });
    expect(explained([...codex, search])).toEqual([["hook", "hooks of codex are not told of web-search"]]);
  });

  it("are explained by an import that ended before, and are none where nobody imported", () => {
    const hooks = [line("hook", 0), line("hook", 9)];
    expect(compare(hooks).differences).toEqual([]);
    expect(compare([...hooks, line("transcript", 0)]).differences).toMatchObject([
      { notSeenBy: ["transcript"], explained: "the transcript was imported before" },
    ]);
  });

  it("name a server that was called past its proxy, and are silent outside of the proxy's time and tools", () => {
    const proxy = [line("proxy", 0), line("hook", 0), line("proxy", 20), line("hook", 20)];
    expect(compare([...proxy, line("hook", 10)]).findings).toMatchObject([
      { message: "hook saw 1 call of context7 of ada at 2026-01-05T10:10:00Z that proxy did not see" },
    ]);
    expect(compare([...proxy, line("hook", 30)]).differences).toEqual([]);
    expect(compare([...proxy, line("hook", 10, { tool: "shopify-dev" })]).differences).toEqual([]);
  });

  it("do not hold a typed line, a run or telemetry against anybody", () => {
    const hooks = [line("hook", 0), line("hook", 20)];
    const others = (["claimed", "run", "telemetry"] as const).map((kind) => line(kind, 10, { tool: kind }));
    expect(compare([...hooks, ...others]).differences).toEqual([]);
    expect(compare([...hooks, ...others]).facts.claimedOnly).toBe(1);
  });
});

describe("documentation", () => {
  const next = (minute: number, more: Partial<SeenLine> = {}) => line("hook", minute, more);
  const reading = (lines: SeenLine[], packages = ["next"]) =>
    compare(lines, [file("a.ts", packages)]).facts.files[0]?.reading;

  it("counts as first only when it was read before the first edit, by the agent or for the task", () => {
    expect(reading([next(1), edit("hook", 2, "a.ts")])).toBe("before");
    expect(reading([edit("transcript", 0, "a.ts"), next(1), edit("hook", 2, "a.ts")])).toBe("after");
    expect(reading([next(1, { agent: "bob", task: "ENG-9" }), edit("hook", 2, "a.ts")])).toBe("not-seen");
    expect(reading([next(1, { agent: "bob" }), edit("hook", 2, "a.ts")])).toBe("before");
  });

  it("is unknown where no edit was seen, and not asked of a file without packages", () => {
    expect(reading([next(1)])).toBe("unknown");
    expect(reading([next(1), edit("hook", 2, "a.ts")], [])).toBe("no-package");
  });

  it("is told of each package once for each call, however many saw it", () => {
    const { facts } = compare(
      [line("hook", 1), line("proxy", 1), line("hook", 5)],
      [file("a.ts", ["next", "zod"]), file("b.ts", ["next"])],
    );
    expect(facts.packages).toEqual([
      { package: "next", files: 2, consulted: 2, first: "context7:/vercel/next.js" },
      { package: "zod", files: 1, consulted: 0, first: null },
    ]);
  });
});
