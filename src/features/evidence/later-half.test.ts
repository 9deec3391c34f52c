import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { laterHalf, WORTH_A_THREAD } from "./later-half.ts";

const sumOf = (sizes: readonly number[]) => sizes.reduce((sum, size) => sum + size, 0);

describe("the later half of files", () => {
  it("is empty where either half is soon read", () => {
    expect(laterHalf([], [])).toEqual([]);
    expect(laterHalf(["a", "b"], [WORTH_A_THREAD, WORTH_A_THREAD])).toEqual(["b"]);
    expect(laterHalf(["a", "b"], [WORTH_A_THREAD, WORTH_A_THREAD - 1])).toEqual([]);
    expect(laterHalf(["small", "large"], [10, 4 * WORTH_A_THREAD])).toEqual([]);
    expect(laterHalf(["large"], [4 * WORTH_A_THREAD])).toEqual([]);
  });

  it("ends the list, and no other cut leaves the halves less different", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 4 * WORTH_A_THREAD }), { minLength: 8, maxLength: 12 });
    fc.assert(
      fc.property(sizes, (bytes) => {
        const files = bytes.map((_, index) => index);
        const difference = (cut: number) => Math.abs(sumOf(bytes.slice(0, cut)) - sumOf(bytes.slice(cut)));
        const least = Math.min(...[...files, files.length].map(difference));
        const later = laterHalf(files, bytes);
        const isWorth = (sumOf(bytes) - least) / 2 >= WORTH_A_THREAD;
        expect(later.length > 0).toBe(isWorth);
        if (!isWorth) return;
        expect(later).toEqual(files.slice(files.length - later.length));
        expect(difference(files.length - later.length)).toBe(least);
      }),
    );
  });
});
