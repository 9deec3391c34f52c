import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskLookalikes } from "./mask-lookalikes.ts";

const hexadecimal = fc
  .stringMatching(/^[\da-f]{24,64}$/)
  .filter((text) => /\d.*\d.*\d/.test(text) && /[a-f]/.test(text));

describe("maskLookalikes", () => {
  it("leaves no key behind, wherever it stands", () => {
    fc.assert(
      fc.property(hexadecimal, fc.string(), (key, around) => {
        expect(maskLookalikes(`${around} ${key} ${around}`)).not.toContain(key);
      }),
    );
  });

  it.each([
    "curl -H 'Authorization: Bearer abc'",
    "export API_KEY=abc",
    "git clone https://ada:abc@example.com/x",
    "ghp_abcabcabcabcabcabcabcabcabcabcabcabc",
    '{"password": "abc"}',
  ])("masks %j", (text) => {
    expect(maskLookalikes(text)).not.toContain("abc");
  });

  it.each([
    "react hooks useEffect cleanup",
    "src/features/recorder/mask-lookalikes.ts",
    "https://shopify.dev/docs/api/admin-graphql/latest/objects/Product",
    "how to rotate an access token without downtime",
    "why the internationalization of currencies fails",
  ])("leaves %j as it is", (text) => {
    expect(maskLookalikes(text)).toBe(text);
  });
});
