import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileGuard, hostileVerdict } from "../../../test/harness/sample-verdict.ts";
import { FORMATS, renderGuard, renderVerdict } from "./index.ts";

const options = { colour: false, version: "1.2.3" };

describe.each(FORMATS)("%s", (format) => {
  it("gives the same bytes for the same verdict", () => {
    fc.assert(
      fc.property(hostileVerdict, (verdict) => {
        const once = renderVerdict(verdict, format, options);
        expect(renderVerdict(structuredClone(verdict), format, options)).toBe(once);
      }),
    );
  });

  it("ends with a line end and holds neither escape sequences nor halves of characters", () => {
    fc.assert(
      fc.property(fc.oneof(hostileGuard, hostileVerdict), (subject) => {
        const text =
          "guards" in subject
            ? renderVerdict(subject, format, options)
            : renderGuard(subject, format, options);
        expect(text).toMatch(/\n$/);
        expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f]|\p{Surrogate}/u);
      }),
    );
  });

  it("leaves the verdict as it was", () => {
    fc.assert(
      fc.property(hostileVerdict, (verdict) => {
        const before = structuredClone(verdict);
        renderVerdict(verdict, format, options);
        expect(verdict).toEqual(before);
      }),
      { numRuns: 20 },
    );
  });
});
