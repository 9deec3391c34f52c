import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nearestOf } from "./nearest.ts";

const KNOWN = ["evidence", "heartbeat", "ban", "guard"];

describe("nearestOf", () => {
  it("names the word that was meant", () => {
    expect(nearestOf("evidnce", KNOWN)).toBe("evidence");
    expect(nearestOf("bna", KNOWN)).toBe("ban");
    expect(nearestOf("GUARD", KNOWN)).toBe("guard");
  });

  it("names nothing when nothing is near", () => {
    expect(nearestOf("serve", KNOWN)).toBeNull();
    expect(nearestOf("", KNOWN)).toBeNull();
    expect(nearestOf("ban", [])).toBeNull();
    expect(nearestOf("x".repeat(1_000_000), KNOWN)).toBeNull();
  });

  it("finds every known word itself", () => {
    fc.assert(fc.property(fc.constantFrom(...KNOWN), (word) => nearestOf(word, KNOWN) === word));
  });
});
