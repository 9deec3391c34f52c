import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodePath, encodePath, isPlainPath } from "./decode-path.ts";

const someBytes = fc.uint8Array({ min: 1, maxLength: 24 }).map((bytes) => Buffer.from(bytes));
const someText = fc.string({ unit: "binary", maxLength: 12 });

describe("decodePath", () => {
  it("gives text as it is", () => {
    fc.assert(
      fc.property(someText, (text) => {
        expect(decodePath(Buffer.from(text))).toBe(text);
        expect([encodePath(text), isPlainPath(text)]).toEqual([text, true]);
      }),
    );
  });

  it("can be turned back, whatever the bytes", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            someBytes,
            someText.map((text) => Buffer.from(text)),
          ),
          { maxLength: 4 },
        ),
        (parts) => {
          const bytes = Buffer.concat(parts);
          expect(Buffer.from(encodePath(decodePath(bytes)))).toEqual(bytes);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("keeps what surrounds a byte that is no UTF-8", () => {
    expect(decodePath(Buffer.concat([Buffer.from("é/"), Buffer.from([0xff]), Buffer.from("/😀")]))).toBe(
      "é/\udcff/😀",
    );
  });
});
