import { describe, expect, it } from "vitest";
import { readProofs } from "./read-proofs.ts";

describe("proofs as they are typed", () => {
  it("name a criterion and what shows that it is met, which may hold an equals sign", () => {
    expect(readProofs(["1=test/a.test.ts", "login = https://ci.example/run?id=7"])).toEqual([
      { criterion: "1", proof: "test/a.test.ts" },
      { criterion: "login", proof: "https://ci.example/run?id=7" },
    ]);
  });

  it.each(["", "1", "=x", "1=", " = "])("are refused when they do not: %j", (word) => {
    expect(() => readProofs([word])).toThrow(/names no criterion and proof/);
  });
});
