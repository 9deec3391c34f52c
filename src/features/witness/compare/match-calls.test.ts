import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SeenLine, Witness } from "../seen-line.ts";
import { matchCalls, witnessesOf } from "./match-calls.ts";

const WINDOW = 120_000;

function line(witness: Witness, at: number, more: Partial<SeenLine> = {}): SeenLine {
  return {
    witness,
    recorder: witness === "claimed" ? "" : "r",
    agent: "ada",
    task: null,
    session: `${witness}-1`,
    at,
    durationMs: 0,
    tool: "context7",
    call: witness === "claimed" ? null : "get-docs",
    ref: "context7:/vercel/next.js",
    action: "consult",
    files: [],
    id: `${witness}-${at}-${Math.random()}`,
    input: witness === "claimed" ? null : "aa",
    subagent: null,
    place: `f:${at}`,
    ...more,
  };
}

const seen = (lines: SeenLine[]) => matchCalls(lines, WINDOW).map(witnessesOf);

describe("matchCalls", () => {
  it("takes the host's id before anything else", () => {
    const calls = seen([
      line("transcript", 0, { id: "toolu_1", input: "x" }),
      line("hook", 9_000_000, { id: "toolu_1", input: "y" }),
      line("hook", 1, { id: "toolu_2", input: "x" }),
    ]);
    expect(calls).toEqual([["hook", "transcript"], ["hook"]]);
  });

  it("takes the same arguments of the same tool at about the same time, over three recorders", () => {
    expect(seen([line("proxy", 1_000), line("hook", 1_400), line("transcript", 900)])).toEqual([
      ["hook", "proxy", "transcript"],
    ]);
    expect(seen([line("proxy", 0), line("hook", WINDOW + 1)])).toEqual([["proxy"], ["hook"]]);
    expect(seen([line("proxy", 0), line("hook", 0, { input: "bb" })])).toEqual([["proxy"], ["hook"]]);
    expect(seen([line("proxy", 0), line("hook", 0, { agent: "bob" })])).toEqual([["proxy"], ["hook"]]);
  });

  it("allows for the duration of a call, which some tell when it began and some when it ended", () => {
    expect(seen([line("proxy", 0, { durationMs: 300_000 }), line("hook", 301_000)])).toHaveLength(1);
  });

  it("finds the call that a typed line tells of by its reference", () => {
    expect(seen([line("hook", 0), line("claimed", 60_000)])).toEqual([["hook", "claimed"]]);
    expect(seen([line("hook", 0), line("claimed", 60_000, { ref: "https://a.example" })])).toHaveLength(2);
    expect(seen([line("claimed", 0), line("claimed", 1)])).toHaveLength(2);
  });

  const some = fc.array(
    fc.record({
      witness: fc.constantFrom<Witness>("hook", "proxy", "transcript", "claimed"),
      at: fc.integer({ min: 0, max: 600_000 }),
      id: fc.constantFrom("a", "b", "c", null),
      input: fc.constantFrom("x", "y", null),
      agent: fc.constantFrom("ada", "bob"),
    }),
    { maxLength: 30 },
  );

  it("puts each line into exactly one call, with one line of each witness and one agent", () => {
    fc.assert(
      fc.property(some, (drafts) => {
        const lines = drafts.map(({ witness, at, ...more }) => line(witness, at, more));
        const calls = matchCalls(lines, WINDOW);
        expect(new Set(calls.flatMap((call) => call.lines))).toEqual(new Set(lines));
        expect(calls.flatMap((call) => call.lines)).toHaveLength(lines.length);
        for (const { lines: of } of calls) {
          expect(new Set(of.map(({ witness }) => witness)).size).toBe(of.length);
          expect(new Set(of.map(({ agent }) => agent)).size).toBe(1);
        }
      }),
    );
  });

  it("does not depend on the order in which lines are read", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 900_000 }), { maxLength: 20 }), (times) => {
        const lines = times.map((at, index) => line(index % 2 === 0 ? "hook" : "proxy", at, { id: null }));
        const calls = (of: SeenLine[]) =>
          matchCalls(of, WINDOW).map((call) => call.lines.map(({ at }) => at).sort());
        expect(calls([...lines].reverse())).toEqual(calls(lines));
      }),
    );
  });

  /** The most pairs that any one-to-one matching of two witnesses can have, by trying all. */
  function mostPairs(hooks: number[], proxies: number[]): number {
    const [first, ...rest] = hooks;
    if (first === undefined) return 0;
    const taken = proxies.map((at, index) =>
      Math.abs(at - first) <= WINDOW
        ? 1 +
          mostPairs(
            rest,
            proxies.filter((_, other) => other !== index),
          )
        : 0,
    );
    return Math.max(mostPairs(rest, proxies), ...taken);
  }

  it("pairs as many calls of two recorders as can be paired", () => {
    const times = fc.array(fc.integer({ min: 0, max: 500_000 }), { maxLength: 5 });
    fc.assert(
      fc.property(times, times, (hooks, proxies) => {
        const lines = [
          ...hooks.map((at) => line("hook", at, { id: null })),
          ...proxies.map((at) => line("proxy", at, { id: null })),
        ];
        const pairs = matchCalls(lines, WINDOW).filter((call) => call.lines.length === 2).length;
        expect(pairs).toBe(mostPairs(hooks, proxies));
      }),
    );
  });
});
