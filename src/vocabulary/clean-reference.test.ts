import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanReference } from "./clean-reference.ts";

describe("a stored reference", () => {
  it.each([
    ["https://ada:pw@example.com/a", "https://example.com/a"],
    ["https://ada@p@example.com/a@b", "https://example.com/a@b"],
    ["https://example.com/a?token=1&page=2", "https://example.com/a?token=[REDACTED]&page=2"],
    ["https://example.com/?X-Amz-Signature=ab&x=1", "https://example.com/?X-Amz-Signature=[REDACTED]&x=1"],
    ["https://example.com/?acc%65ss_token=ab", "https://example.com/?acc%65ss_token=[REDACTED]"],
    [
      "https://example.com/cb#access_token=ab&expires=9",
      "https://example.com/cb#access_token=[REDACTED]&expires=9",
    ],
    ["https://example.com/?a=1;sig=b#code=c", "https://example.com/?a=1;sig=[REDACTED]#code=[REDACTED]"],
  ])("of %s is %s", (reference, cleaned) => {
    expect(cleanReference(reference).reference).toBe(cleaned);
    expect(cleanReference(reference).removed).not.toEqual([]);
  });

  it.each([
    "https://example.com/a?keyword=x&page=2#codes",
    "repo:src/a.ts",
    "internal:api",
    "https://example.com/@scope/name",
    "mailto:ada@example.com",
  ])("is left alone when it holds no secret: %s", (reference) => {
    expect(cleanReference(reference)).toEqual({ reference, removed: [] });
  });

  it("never holds the password or the token, whatever they are", () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9:@!*'()_~-]{12,30}$/);
    fc.assert(
      fc.property(secret, secret, (password, token) => {
        const { reference } = cleanReference(`https://ada:${password}@example.com/?a=1&api_key=${token}`);
        expect(reference).toBe("https://example.com/?a=1&api_key=[REDACTED]");
      }),
    );
  });
});
