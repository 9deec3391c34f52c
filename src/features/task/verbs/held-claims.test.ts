import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/harness/temporary-repository.ts";
import { HeldClaims } from "./held-claims.ts";

const ADA = { url: "http://127.0.0.1:7420", fleet: "default", agent: "ada" };

describe("HeldClaims", () => {
  it("finds what was remembered, the last time, until it is forgotten", () => {
    const claims = new HeldClaims(temporaryFolder(), ADA);
    expect([claims.find("A"), claims.list()]).toEqual([null, []]);
    claims.remember({ task: "A", fence: 3 });
    claims.remember({ task: "A", fence: 9 });
    claims.remember({ task: "B/../C", fence: 4 });
    expect(claims.find("A")).toEqual({ task: "A", fence: 9 });
    expect(
      claims
        .list()
        .map(({ task }) => task)
        .sort(),
    ).toEqual(["A", "B/../C"]);
    claims.forget("A");
    claims.forget("never held");
    expect([claims.find("A"), claims.list().length]).toEqual([null, 1]);
  });

  it.each([{ agent: "bob" }, { fleet: "other" }, { url: "https://elsewhere.example" }])(
    "does not mix holders: %j",
    (other) => {
      const folder = temporaryFolder();
      new HeldClaims(folder, ADA).remember({ task: "A", fence: 1 });
      const theirs = new HeldClaims(folder, { ...ADA, ...other });
      expect([theirs.find("A"), theirs.list()]).toEqual([null, []]);
    },
  );

  it.skipIf(process.platform === "win32")("keeps them for their owner's eyes", () => {
    const folder = temporaryFolder();
    new HeldClaims(folder, ADA).remember({ task: "A", fence: 1 });
    const [holder = ""] = readdirSync(join(folder, "growth-engine/claims"));
    const [file = ""] = readdirSync(join(folder, "growth-engine/claims", holder));
    const modeOf = (path: string) => statSync(join(folder, "growth-engine/claims", path)).mode & 0o777;
    expect([modeOf(holder), modeOf(join(holder, file))]).toEqual([0o700, 0o600]);
  });

  it("takes a file that a crash cut short for no claim", () => {
    const folder = temporaryFolder();
    const claims = new HeldClaims(folder, ADA);
    claims.remember({ task: "A", fence: 1 });
    const [holder = ""] = readdirSync(join(folder, "growth-engine/claims"));
    const [file = ""] = readdirSync(join(folder, "growth-engine/claims", holder));
    for (const text of ["", '{"task":"A"', '{"task":"A","fence":"1"}', "null", "[]"]) {
      writeFileSync(join(folder, "growth-engine/claims", holder, file), text);
      expect([claims.find("A"), claims.list()]).toEqual([null, []]);
    }
  });
});
