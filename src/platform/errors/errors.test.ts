import { describe, expect, it } from "vitest";
import { ERROR_CODES, Fault, isFault, isRefusal, messageOf, Refusal, systemCode } from "./index.ts";

describe("errors", () => {
  it("are told apart by their kind, also when another bundle made them", () => {
    const refusal = new Refusal("USAGE", "no", { hint: "do this" });
    const fault = new Fault("GIT_FAILED", "broken", { cause: new Error("why") });
    const foreign = Object.assign(new Error("no"), { kind: "refusal" });
    expect([isRefusal(refusal), isFault(refusal)]).toEqual([true, false]);
    expect([isRefusal(fault), isFault(fault)]).toEqual([false, true]);
    expect(isRefusal(foreign)).toBe(true);
    for (const thrown of [null, undefined, "refusal", { kind: "refusal" }, new Error("x")])
      expect([isRefusal(thrown), isFault(thrown)]).toEqual([false, false]);
  });

  it("exit with 2 for a wrong question, unless the answer is no", () => {
    expect(new Refusal("USAGE", "no").exit).toBe(2);
    expect(new Refusal("REFUSED", "no", { exit: 1 }).exit).toBe(1);
  });

  it("have a sentence for every code", () => {
    for (const says of Object.values(ERROR_CODES)) expect(says).toMatch(/^[A-Z`g].*[.]$/);
  });

  it("say something whatever was thrown", () => {
    expect([messageOf(new Error("a")), messageOf("b"), messageOf(undefined)]).toEqual([
      "a",
      "b",
      "undefined",
    ]);
    expect([systemCode({ code: "ENOENT" }), systemCode({ code: 1 }), systemCode(null)]).toEqual([
      "ENOENT",
      undefined,
      undefined,
    ]);
  });
});
