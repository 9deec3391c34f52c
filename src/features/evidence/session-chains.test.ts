import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ChainLink, chainBreaks, judgeChain } from "./judge-chain.ts";
import { sumOf } from "./search-history.ts";
import { SessionChains } from "./session-chains.ts";

const NONE = { redacted: new Set<string>(), inHistory: new Set<string>() };

interface Line extends ChainLink {
  text: string;
}

function lineOf(text: string, order: number, prev: unknown): Line {
  return { file: "a.jsonl", line: order + 1, text, sum: sumOf(text), prev, order };
}

/** A whole chain of lines, in order. */
function chain(length: number): Line[] {
  const lines: Line[] = [];
  for (let order = 0; order < length; order += 1) {
    const prev = lines.at(-1)?.sum;
    lines.push(lineOf(`${order} ${prev}`, order, prev));
  }
  return lines;
}

function isSuspect(lines: readonly Line[]): boolean {
  const chains = new SessionChains();
  for (const { text, prev, order } of lines) chains.add("s", text, prev, order);
  return chains.suspects().size > 0;
}

const shuffled = fc
  .integer({ min: 1, max: 12 })
  .chain((length) => fc.shuffledSubarray(chain(length), { minLength: length }));

describe("the chain of a session", () => {
  it("is whole in whatever order and files its lines are read", () => {
    fc.assert(
      fc.property(shuffled, (links) => {
        expect(isSuspect(links)).toBe(false);
        expect(judgeChain(links, NONE)).toEqual([]);
      }),
    );
  });

  it("is broken by each line that is taken out, except the last", () => {
    fc.assert(
      fc.property(shuffled, fc.nat(11), (links, out) => {
        const rest = links.filter(({ order }) => order !== out);
        const broken = out < links.length - 1;
        expect(isSuspect(rest)).toBe(broken);
        expect(judgeChain(rest, NONE)).toHaveLength(broken ? 1 : 0);
      }),
    );
  });

  it("is broken by one changed digit of a prev", () => {
    const links = chain(3);
    const last = links[2] as Line;
    const prev = String(last.prev).replace(/.$/, (digit) => (digit === "0" ? "1" : "0"));
    const changed = [...links.slice(0, 2), { ...last, prev }];
    expect(isSuspect(changed)).toBe(true);
    expect(judgeChain(changed, NONE)).toMatchObject([{ rule: "evidence/broken-chain", line: 3 }]);
  });

  it("may name a redacted line, and warns where the line is in the history", () => {
    const [first, second, third] = chain(3) as [Line, Line, Line];
    const gone = new Set([second.sum]);
    expect(judgeChain([first, third], { ...NONE, redacted: gone })).toEqual([]);
    expect(judgeChain([first, third], { ...NONE, inHistory: gone })).toMatchObject([{ ceiling: "warn" }]);
  });

  it("warns of two lines that follow the same one, as two branches of a session leave them", () => {
    const [first, second] = chain(2) as [Line, Line];
    const links = [first, second, lineOf("other", 2, second.prev)];
    expect(isSuspect(links)).toBe(true);
    expect(judgeChain(links, NONE)).toMatchObject([{ line: 3, ceiling: "warn" }]);
  });

  it("starts once", () => {
    const links = [...chain(2), lineOf("again", 2, undefined)];
    expect(isSuspect(links)).toBe(true);
    expect(judgeChain(links, NONE)).toMatchObject([{ line: 3 }]);
  });

  it("is not asked of a session in which no line names another", () => {
    const lines = [1, 2, 3].map((order) => lineOf(`${order}`, order, undefined));
    expect(isSuspect(lines)).toBe(false);
    expect(judgeChain(lines, NONE)).toEqual([]);
    expect(chainBreaks(lines, NONE)).toHaveLength(2);
  });

  it("does not judge lines that stood before, but holds new ones against them", () => {
    const [first, second] = chain(2) as [Line, Line];
    expect(judgeChain([{ ...first, prev: "nonsense", known: true }, second], NONE)).toEqual([]);
    expect(judgeChain([{ ...second, known: true }, first], NONE)).toEqual([]);
    const again = lineOf("again", 5, undefined);
    expect(judgeChain([{ ...first, known: true }, second, again], NONE)).toMatchObject([{ line: 6 }]);
  });
});
