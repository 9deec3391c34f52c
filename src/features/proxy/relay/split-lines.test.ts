import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineSplitter } from "./split-lines.ts";

function split(parts: readonly Uint8Array[], maxBytes = 1000): (string | null)[] {
  const lines: (string | null)[] = [];
  const splitter = new LineSplitter(
    (line) => lines.push(line === null ? null : Buffer.from(line).toString("latin1")),
    maxBytes,
  );
  for (const part of parts) splitter.push(part);
  splitter.end();
  return lines;
}

describe("a stream cut into lines", () => {
  it("is the same however it came in parts", () => {
    const bytes = fc.uint8Array({ max: 14, maxLength: 200 });
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(200)), (all, cuts) => {
        const places = [0, ...cuts.map((cut) => cut % (all.length + 1)).sort((a, b) => a - b), all.length];
        const parts = places.slice(1).map((end, index) => all.subarray(places[index], end));
        const whole = Buffer.from(all).toString("latin1").split("\n");
        if (whole.at(-1) === "") whole.pop();
        expect(split(parts)).toEqual(whole);
      }),
    );
  });

  it("tells that a line was too long, and goes on with the next", () => {
    const parts = ["ab", "cdefgh\nxy\n", "0123456789", "\nend"].map((text) => Buffer.from(text));
    expect(split(parts, 5)).toEqual([null, "xy", null, "end"]);
  });
});
