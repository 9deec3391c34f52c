import { describe, expect, it } from "vitest";
import { criterionOf } from "./read-task-fields.ts";

describe("a criterion as it is typed", () => {
  it("may begin with its name", () => {
    expect(criterionOf("login: users sign in")).toEqual({ id: "login", text: "users sign in" });
  });

  it.each(["users sign in", "https://example.com is reached", "two words: no name", "1: no name", "name:"])(
    "has none in %j",
    (text) => expect(criterionOf(text)).toBe(text),
  );
});
