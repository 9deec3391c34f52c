import { describe, expect, it } from "vitest";
import { findPlace } from "./find-place.ts";

const FORGE = "https://github.com";

describe("the place of a fork's pull request", () => {
  it("is the repository that it goes to, by the forge's own ref", () => {
    expect(findPlace("https://github.com/org/shop/pull/7", FORGE)).toEqual({
      clone: "https://github.com/org/shop.git",
      ref: "refs/pull/7/head",
    });
    expect(
      findPlace("https://git.example.com/a/b/shop/-/merge_requests/9", "https://git.example.com/"),
    ).toEqual({
      clone: "https://git.example.com/a/b/shop.git",
      ref: "refs/merge-requests/9/head",
    });
  });

  it.each([
    "https://github.com.evil.example/org/shop/pull/7",
    "https://evil.example/org/shop/pull/7",
    "http://github.com/org/shop/pull/7",
    "https://github.com/org/../pull/7",
    "https://github.com/org/shop/pull/7/../../x/pull/1",
    "https://github.com/--upload-pack=x/shop/pull/7/files",
    "https://github.com/org/shop/pull/7?x=1",
    "https://user@github.com/org/shop/pull/7",
    "https://github.com/org/shop/pull/x",
    "",
  ])("is nowhere for %s", (url) => expect(findPlace(url, FORGE)).toBeNull());
});
