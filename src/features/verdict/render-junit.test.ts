import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BROKEN_GUARD, hostileVerdict, SAMPLE_VERDICT } from "../../../test/harness/sample-verdict.ts";
import { printable } from "../../platform/terminal/index.ts";
import { renderGuard, renderVerdict } from "./index.ts";

const options = { colour: false, version: "1.2.3" };
const ILLEGAL = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const CHARACTER_DATA = /^(?:[^&<]|&(?:amp|lt|gt|quot|apos|#\d+);)*$/;
const TOKEN = /<\?xml [^?]*\?>|<\/(\w[\w-]*)>|<(\w[\w-]*)((?: [\w-]+="[^"<]*")*)(\/?)>|([^<]+)/gy;

interface Element {
  name: string;
  attributes: Record<string, string>;
  text: string;
}

const decode = (text: string) =>
  text
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");

function checked(data: string): string {
  if (!CHARACTER_DATA.test(data) || data.includes("]]>")) throw new Error(`not character data: ${data}`);
  return decode(data);
}

/** A reader turns bare white space in an attribute into spaces (XML 1.0 §3.3.3). */
function readAttributes(text: string): Record<string, string> {
  const names = [...text.matchAll(/ ([\w-]+)="([^"<]*)"/g)].map(([, name, value]) => [
    name,
    checked((value ?? "").replace(/[\t\n\r]/g, " ")),
  ]);
  return Object.fromEntries(names);
}

/** Elements in document order; throws on anything that is not well-formed XML 1.0 of the small kind we write. */
function readXml(xml: string): Element[] {
  if (ILLEGAL.test(xml)) throw new Error("a character that XML 1.0 does not allow");
  const elements: Element[] = [];
  const open: Element[] = [];
  let end = 0;
  for (const [token, closing, name, attributes, empty, text] of xml.matchAll(TOKEN)) {
    end += token.length;
    if (name) {
      const element = { name, attributes: readAttributes(attributes ?? ""), text: "" };
      elements.push(element);
      if (!empty) open.push(element);
    }
    if (closing && open.pop()?.name !== closing) throw new Error(`unbalanced </${closing}>`);
    const [inner] = open.slice(-1);
    if (text && inner) inner.text += checked(text);
  }
  if (end !== xml.length || open.length > 0) throw new Error(`stops making sense at ${end}`);
  return elements;
}

const named = (elements: readonly Element[], name: string) =>
  elements.filter((element) => element.name === name);

describe("junit", () => {
  it("makes a suite of each guard, a failure of what blocks and output of the rest", () => {
    const elements = readXml(renderVerdict(SAMPLE_VERDICT, "junit", options));
    expect(named(elements, "testsuite").map(({ attributes }) => attributes)).toEqual([
      { name: "guard-mcp", tests: "3", failures: "2", errors: "0", skipped: "0" },
      { name: "idle-guard", tests: "1", failures: "0", errors: "0", skipped: "1" },
      { name: "dev-mcp-ban", tests: "3", failures: "2", errors: "0", skipped: "0" },
    ]);
    expect(named(elements, "failure").map(({ attributes }) => attributes.type)).toEqual([
      ...["evidence/missing-field", "evidence/missing-field", "ban/section-missing", "ban/transitive"],
    ]);
    expect(named(elements, "system-out").map(({ text }) => text.split(":")[0])).toEqual(["warn", "observe"]);
  });

  it("makes an error of a guard that could not tell", () => {
    const elements = readXml(renderGuard(BROKEN_GUARD, "junit", options));
    expect(named(elements, "error")[0]?.attributes.message).toBe(BROKEN_GUARD.summary);
    expect(elements[0]?.attributes).toMatchObject({ tests: "1", errors: "1" });
  });

  it("never shows a failing guard as green, even without a finding that blocks", () => {
    const elements = readXml(renderGuard({ ...BROKEN_GUARD, verdict: "fail" }, "junit", options));
    expect(elements[0]?.attributes).toMatchObject({ tests: "1", failures: "1" });
  });

  it("skips what an override let through, with its reason", () => {
    const overridden = {
      by: "lead",
      reason: "hotfix",
      until: "2026-02-01T00:00:00Z",
      head: SAMPLE_VERDICT.head,
    };
    const verdict = { ...SAMPLE_VERDICT, verdict: "pass" as const, overridden };
    const elements = readXml(renderVerdict(verdict, "junit", options));
    expect(elements[0]?.attributes).toMatchObject({ failures: "0", skipped: "5" });
    expect(named(elements, "skipped")[0]?.attributes.message).toContain("hotfix");
  });

  it("is well-formed and counts right, whatever the text", () => {
    fc.assert(
      fc.property(hostileVerdict, (verdict) => {
        const elements = readXml(renderVerdict(verdict, "junit", options));
        const [root] = elements;
        expect(named(elements, "testsuite")).toHaveLength(verdict.guards.length);
        expect(named(elements, "testcase")).toHaveLength(Number(root?.attributes.tests));
        expect(named(elements, "failure")).toHaveLength(Number(root?.attributes.failures));
        expect(named(elements, "error")).toHaveLength(Number(root?.attributes.errors));
        expect(named(elements, "skipped")).toHaveLength(Number(root?.attributes.skipped));
      }),
      { numRuns: 300 },
    );
  });

  it("hands the whole message over, whatever the text", () => {
    const character = fc.oneof(
      fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
      fc.constantFrom("\n", "\t"),
    );
    fc.assert(
      fc.property(fc.string({ unit: character }), (message) => {
        const findings = [{ rule: "ban/import" as const, level: "block" as const, message }];
        const xml = renderGuard({ ...BROKEN_GUARD, verdict: "fail", findings }, "junit", options);
        expect(named(readXml(xml), "failure")[0]?.attributes.message).toBe(printable(message));
      }),
    );
  });
});
