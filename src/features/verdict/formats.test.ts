import { describe, expect, it } from "vitest";
import { FORMATS, parseFormat } from "./index.ts";

describe("parseFormat", () => {
  it("knows every format", () => {
    expect(FORMATS.map(parseFormat)).toEqual([...FORMATS]);
  });

  it("names the nearest format when one is mistyped", () => {
    expect(() => parseFormat("sarrif")).toThrow(
      expect.objectContaining({ code: "USAGE", hint: 'did you mean "--format sarif"?' }),
    );
  });

  it("lists all formats when none is near", () => {
    expect(() => parseFormat("constructor")).toThrow(
      expect.objectContaining({ hint: expect.stringContaining("text, json, sarif") }),
    );
  });
});
