import { describe, expect, it } from "vitest";
import { findSecrets } from "./find-secrets.ts";

// Put together here, so that no search takes this file for a leak.
const TOKEN = `ghp_${"1234567890abcdefghijABCDEFGHIJ123456"}`;

describe("findSecrets", () => {
  it("says line and kind of each secret, once, and never the secret", async () => {
    const found = await findSecrets(`one\nconst a = "${TOKEN}";\nthree\nb = ${TOKEN}\n`);
    expect(found).toEqual([
      { line: 2, rule: "github" },
      { line: 4, rule: "github" },
    ]);
  });

  it("finds none in plain code", async () => {
    expect(await findSecrets("export const token = readToken();\n")).toEqual([]);
  });
});
