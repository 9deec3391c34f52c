import { describe, expect, it } from "vitest";
import { percentOf } from "./write-beats.ts";

describe("the share in a progress", () => {
  it("is read where it is one", () => {
    expect(["40%", "40 % of the tests", "7.5%", "100%"].map(percentOf)).toEqual([40, 40, 7, 100]);
    expect([null, "", "400%", "about 40%", "step 3", "-5%"].map(percentOf)).toEqual(Array(6).fill(null));
  });
});
