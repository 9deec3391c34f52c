import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/harness/temporary-repository.ts";
import { isUnfinished, writeWhole } from "./write-whole.ts";

describe("writeWhole", () => {
  it("makes the folders above, sets the mode and leaves nothing else behind", () => {
    const folder = temporaryFolder();
    writeWhole(join(folder, "a/b/c.sh"), Buffer.from("1"), 0o755);
    writeWhole(join(folder, "a/b/c.sh"), Buffer.from("2"), 0o755);
    expect(readFileSync(join(folder, "a/b/c.sh"), "utf8")).toBe("2");
    expect(statSync(join(folder, "a/b/c.sh")).mode & 0o777).toBe(0o755);
    expect(readdirSync(join(folder, "a/b"))).toEqual(["c.sh"]);
  });

  it("writes no file through a link that waits under its temporary name", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "victim"), "whole");
    symlinkSync("victim", join(folder, `.growth-engine-${process.pid}.tmp`));
    writeWhole(join(folder, "a"), Buffer.from("1"), 0o644);
    expect(readFileSync(join(folder, "victim"), "utf8")).toBe("whole");
  });

  it("says what could not be written, and leaves the place as it was", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "a/full"), { recursive: true });
    expect(() => writeWhole(join(folder, "a"), Buffer.from("1"), 0o644)).toThrow(/could not be written/);
    expect(readdirSync(folder)).toEqual(["a"]);
  });
});

describe("isUnfinished", () => {
  it("knows only the names that it gives", () => {
    expect(
      [".growth-engine-12.tmp", ".growth-engine-.tmp", "growth-engine-12.tmp"].map(isUnfinished),
    ).toEqual([true, false, false]);
  });
});
