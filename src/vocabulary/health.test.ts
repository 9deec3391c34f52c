import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatBytes } from "./bytes.ts";
import { CHECK_STATES, exitOfChecks, worstState } from "./health.ts";

const states = fc.array(fc.constantFrom(...CHECK_STATES));

describe("checks together", () => {
  it("are 1 with a failure, else 3 with anything that could not be told, else 0", () => {
    fc.assert(
      fc.property(states, (given) => {
        const exit = exitOfChecks(given.map((state) => ({ state })));
        expect(exit).toBe(given.includes("fail") ? 1 : given.includes("unknown") ? 3 : 0);
      }),
    );
  });
  it("are as bad as the worst, in any order", () => {
    fc.assert(
      fc.property(states, (given) => {
        expect(worstState(given)).toBe(worstState([...given].reverse()));
      }),
    );
    expect(worstState([])).toBe("ok");
  });
});

describe("a size for people", () => {
  it.each([
    [0, "0 B"],
    [1023, "1023 B"],
    [1536, "1.5 KiB"],
    [812 * 2 ** 20, "812 MiB"],
    [9.96 * 2 ** 30, "10.0 GiB"],
    [5000 * 2 ** 40, "5000 TiB"],
  ])("of %d bytes is %s", (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});
