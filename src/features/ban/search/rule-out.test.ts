import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeSource } from "./decode-source.ts";
import { mayJoin } from "./may-join.ts";
import { revealText } from "./reveal-text.ts";
import { isRuledOut } from "./rule-out.ts";

const NAME = "context7-mcp";
const NEEDLES = [{ text: NAME }];
/** No UTF-8 begins with this byte. */
const BROKEN = Buffer.from([0xff]);

function broken(text: string): Buffer {
  return Buffer.concat([Buffer.from(text), BROKEN]);
}

describe("isRuledOut", () => {
  it.each([
    NAME,
    'const q = "mcp"; require("context7-" + q)',
    "context7\\x2dmcp",
    "context7\\\u2028-mcp",
    '"context7" + "-mcp"',
    "context7\\\n-mcp",
  ])("never rules out a text that is not UTF-8 and spells a name: %j", (text) =>
    expect(isRuledOut(broken(text), NEEDLES)).toBe(false),
  );

  it("rules out bytes in which no name can stand", () => {
    expect(isRuledOut(broken("PNG \\c \\@ context7 mcp"), NEEDLES)).toBe(true);
  });

  it("rules nothing out that decoded holds a needle", () => {
    const part = fc.constantFrom(
      "context7",
      "-mcp",
      "\\",
      "\\x2d",
      '"',
      "+",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a part of a template
      "${q}",
      "\u2028",
      "\n",
      " ",
      "\u00e2",
      "mcp",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const content = broken(parts.join(""));
        const text = decodeSource(content);
        const holds =
          text.includes(NAME) || revealText(text).includes(NAME) || mayJoin(revealText(text), NAME);
        expect(holds && isRuledOut(content, NEEDLES)).toBe(false);
      }),
    );
  });

  it("rules no address out that decoded holds in any case", () => {
    const part = fc.constantFrom("k", "K", "/", "s", "S", "\\u212a", "\\u017f", "\\x4b", "\u00e2", "c");
    const needles = [
      { text: "ck/s.k", anyCase: "/" },
      { text: "k/s", anyCase: "/" },
    ];
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const content = broken(parts.join(""));
        const lower = revealText(decodeSource(content)).toLowerCase();
        const holds = needles.some(({ text }) => lower.includes(text));
        expect(isRuledOut(content, needles)).toBe(!holds);
      }),
      { numRuns: 2_000 },
    );
  });

  it("asks no further of texts that are UTF-8 or UTF-16, and of needles that are not ASCII", () => {
    expect(isRuledOut(Buffer.from("nothing"), NEEDLES)).toBe(false);
    expect(isRuledOut(Buffer.from("\ufeffnothing", "utf16le"), NEEDLES)).toBe(false);
    expect(isRuledOut(broken("nothing"), [{ text: "ü" }])).toBe(false);
  });
});
