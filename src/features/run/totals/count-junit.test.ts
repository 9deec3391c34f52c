import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/harness/temporary-repository.ts";
import { countJUnit } from "./count-junit.ts";

const folder = temporaryFolder();

function count(text: string | Uint8Array) {
  const path = join(folder, "junit.xml");
  writeFileSync(path, text);
  return countJUnit(path);
}

const caseOf = {
  passed: "<testcase/>",
  failed: "<testcase><failure/></testcase>",
  skipped: "<testcase><skipped/></testcase>",
};

describe("countJUnit", () => {
  it("counts every case once, however suites are nested", async () => {
    const went = fc.constantFrom("passed", "failed", "skipped") as fc.Arbitrary<keyof typeof caseOf>;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(went)), async (suites) => {
        const cases = suites.map(
          (all) =>
            `<testsuite><testsuite>${all.map((each) => caseOf[each]).join("\n")}</testsuite></testsuite>`,
        );
        const all = suites.flat();
        const of = (wanted: string) => all.filter((each) => each === wanted).length;
        expect(await count(`<?xml version="1.0"?><testsuites>${cases.join("")}</testsuites>`)).toEqual({
          exist: all.length,
          passed: of("passed"),
          failed: of("failed"),
          skipped: of("skipped"),
        });
      }),
      { numRuns: 30 },
    );
  });

  it("takes an error for a failure, a failure before a skip, and text for nothing", async () => {
    const xml = `<testsuite><testcase><error/></testcase><testcase><failure/><skipped/></testcase>
      <testcase><system-out><![CDATA[<testcase><failure/>]]></system-out></testcase></testsuite>`;
    expect(await count(xml)).toEqual({ exist: 3, passed: 1, failed: 2, skipped: 0 });
  });

  it("takes a message of megabytes", async () => {
    const xml = `<testsuite><testcase><failure message="${"x".repeat(3 << 20)}">${"y".repeat(3 << 20)}</failure></testcase></testsuite>`;
    expect(await count(xml)).toMatchObject({ exist: 1, failed: 1 });
  });

  it.each([
    ["an entity of the document", '<!DOCTYPE a [<!ENTITY x "<testcase/>">]><testsuite>&x;</testsuite>'],
    ["another document", "<html><testcase/></html>"],
    ["half a document", "<testsuite><testcase/>"],
    ["no document", ""],
    ["text", "4992 passed"],
    ["bytes", new Uint8Array([0, 255, 254, 60])],
    ["two roots", "<testsuite/><testsuite><testcase/></testsuite>"],
  ])("gives a sentence for %s", async (_, text) => {
    expect(await count(text)).toMatch(/^it is no JUnit XML/);
  });

  it("ends on anything", async () => {
    const piece = fc.constantFrom(
      "<testsuite>",
      "<testcase>",
      "</testcase>",
      "</testsuite>",
      "&amp;",
      "&x;",
      "<!",
      "]]>",
      "\u0000",
      "é",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece), async (pieces) => void (await count(pieces.join("")))),
      { numRuns: 50 },
    );
  });
});
