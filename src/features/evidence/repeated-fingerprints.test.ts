import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fingerprint } from "./fingerprint.ts";
import { RepeatedFingerprints } from "./repeated-fingerprints.ts";

function repeatedOf(values: Iterable<number>, limit = 1_000): number[] {
  const fingerprints = new RepeatedFingerprints();
  for (const value of values) fingerprints.add(value);
  return [...fingerprints.take(limit).repeated];
}

describe("repeated fingerprints", () => {
  it("are those that a Set would find", () => {
    const values = fc.array(
      fc.oneof(
        fc.nat(20),
        fc.maxSafeNat().map((value) => value % 2 ** 48),
      ),
    );
    fc.assert(
      fc.property(values, (all) => {
        const twice = new Set(all.filter((value, index) => all.indexOf(value) !== index));
        expect(repeatedOf(all)).toEqual([...twice].sort((a, b) => a - b));
      }),
    );
  });

  it("are found over many runs", () => {
    const count = 3_000_000;
    const values = function* () {
      for (let index = 0; index < count; index += 1) yield (index * 93_562_117) % 2 ** 48;
      yield 93_562_117 * 5;
      yield 93_562_117 * (count - 1);
    };
    expect(repeatedOf(values()).sort()).toEqual([93_562_117 * 5, 93_562_117 * (count - 1)].sort());
  });

  it("are counted beyond the limit", () => {
    const fingerprints = new RepeatedFingerprints();
    for (const value of [1, 1, 2, 2, 3, 3, 3, 4]) fingerprints.add(value);
    expect(fingerprints.take(2)).toEqual({ repeated: new Set([1, 2]), more: 1 });
  });

  it("differ for texts that differ, and for the same text of another agent", () => {
    const texts = Array.from({ length: 100_000 }, (_, index) => `req-${index}`);
    expect(new Set(texts.map((text) => fingerprint(text))).size).toBe(texts.length);
    expect(fingerprint("a", 1)).not.toBe(fingerprint("a", 2));
    expect(Math.max(...texts.slice(0, 1_000).map((text) => fingerprint(text)))).toBeLessThan(2 ** 48);
  });
});
