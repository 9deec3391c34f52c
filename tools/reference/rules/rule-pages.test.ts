import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  PAGES_ADDRESS,
  pageAddress,
  pageOf,
  RULE_NAMES,
  RULES,
} from "../../../src/vocabulary/rules/index.ts";
import { rulePages } from "./rule-pages.ts";

const PACKAGE = JSON.parse(readFileSync(join(import.meta.dirname, "../../../package.json"), "utf8"));
const pages = rulePages();

describe("the page of a rule", () => {
  it.each(RULE_NAMES)(
    "of %s says what, why, what is refused and fine, how to mend, how to observe and turn on",
    (rule) => {
      const page = pages[pageOf(rule)] ?? "";
      for (const part of [RULES[rule].says, "## Why", "Fine:", "## How to mend it", RULES[rule].mend])
        expect(page).toContain(part);
      expect(page).toMatch(/^(Refused|Reported):$/m);
      expect(page).toMatch(/## How to observe it and turn it on\n\n\S/);
    },
  );

  it("is served where package.json says, and nowhere when it says nothing", () => {
    expect(PAGES_ADDRESS).toBe(PACKAGE.homepage ?? null);
  });

  it("is part of the package", () => {
    expect(PACKAGE.files).toEqual(
      expect.arrayContaining(["docs/reference/rules", "docs/reference/rules.md"]),
    );
  });

  it("has an absolute address", () => {
    const address = new URL(pageAddress("ban/import", "1.2.3"));
    expect([address.protocol, address.hash]).toEqual(["pkg:", "#docs/reference/rules/ban-import.md"]);
  });
});
