import { describe, expect, it } from "vitest";
import { SAMPLE_VERDICT } from "../../../test/harness/sample-verdict.ts";
import { renderVerdict } from "./render-verdict.ts";
import { uncountedOf } from "./uncounted.ts";

const why = "it gives no reason";
const verdict = { ...SAMPLE_VERDICT, uncounted: [{ by: "lead", why }] };
const options = { colour: false, version: "0.0.0" };

describe("approvals that are no override", () => {
  it.each(["text", "markdown", "github"] as const)("are told in %s, one line each", (format) => {
    const said = renderVerdict(verdict, format, options).split("\n");
    expect(said.filter((line) => line.includes(`the approval by lead is no override: ${why}`))).toHaveLength(
      1,
    );
  });

  it("stand in JSON, each with by and why", () => {
    expect(JSON.parse(renderVerdict(verdict, "json", options)).uncounted).toEqual([{ by: "lead", why }]);
  });

  it("are told up to ten, and then counted", () => {
    const said = uncountedOf({ ...verdict, uncounted: Array(12).fill({ by: "lead", why }) });
    expect(said).toHaveLength(11);
    expect(said.at(-1)).toBe("2 more approvals are no override; --format json holds all");
  });

  it("say nothing where there are none", () => {
    expect(uncountedOf(SAMPLE_VERDICT)).toEqual([]);
  });
});
