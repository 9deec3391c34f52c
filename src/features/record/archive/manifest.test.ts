import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatManifest, parseManifest } from "./manifest.ts";

const SUM = "a".repeat(64);

describe("the manifest of an archive", () => {
  it("is what sha256sum prints", () => {
    expect(formatManifest(new Map([["artifacts/a b", SUM]])).toString()).toBe(`${SUM}  artifacts/a b\n`);
    expect(formatManifest(new Map([["a\\b\nc", SUM]])).toString()).toBe(`\\${SUM}  a\\\\b\\nc\n`);
  });

  it("gives back every name and sum", () => {
    const name = fc.string({ unit: "grapheme", minLength: 1 });
    const sum = fc.stringMatching(/^[0-9a-f]{64}$/);
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(name, sum), { selector: ([path]) => path }), (rows) => {
        expect([...(parseManifest(formatManifest(new Map(rows))) ?? [])]).toEqual(rows);
      }),
    );
  });

  it.each(["no sum\n", `${SUM} x\n`, `${SUM}  x\n${SUM}  x\n`, `${SUM.toUpperCase()}  x\n`])(
    "is refused whole: %j",
    (text) => expect(parseManifest(Buffer.from(text))).toBeNull(),
  );
});
