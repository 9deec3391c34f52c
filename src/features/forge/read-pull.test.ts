import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPull } from "./read-pull.ts";

const PULL = {
  number: 7,
  user: { login: "ada" },
  body: null,
  head: { sha: "b".repeat(40) },
  base: { ref: "main" },
};

describe("readPull", () => {
  it("reads what GitHub says of a pull request", () => {
    expect(readPull({ ...PULL, commits: 2, merged_at: "2026-01-05T10:00:00Z" })).toEqual({
      number: 7,
      author: "ada",
      text: "",
      head: "b".repeat(40),
      commits: 2,
      target: "refs/heads/main",
      isMerged: true,
    });
  });

  it("takes one that does not say so for not merged", () => {
    expect(readPull(PULL)).toMatchObject({ isMerged: false, commits: null });
  });

  it.each(["number", "user", "head", "base"] as const)("reads nothing without its %s", (name) => {
    expect(readPull({ ...PULL, [name]: undefined })).toBeNull();
  });

  it("never throws, whatever GitHub says", () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void readPull(value)));
  });
});
