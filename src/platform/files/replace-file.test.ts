import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/harness/temporary-repository.ts";
import { replaceFile } from "./index.ts";

describe("replaceFile", () => {
  function placeWith(content: string): string {
    const path = join(temporaryFolder(), "records.jsonl");
    writeFileSync(path, content);
    return path;
  }

  it("puts the new content in the place of the old, with its mode, and leaves nothing beside it", async () => {
    const path = placeWith("old");
    chmodSync(path, 0o600);
    writeFileSync(join(path, "../.records.jsonl.tmp"), "half of an earlier run");
    await replaceFile(path, (append) => {
      for (const part of ["n", "ew"]) append(Buffer.from(part));
    });
    expect(readFileSync(path, "utf8")).toBe("new");
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(path, ".."))).toEqual(["records.jsonl"]);
  });

  it.each(["write", "check"])("leaves the old content when the %s fails", async (where) => {
    const path = placeWith("old");
    const fail = () => {
      throw new Error("no room");
    };
    const replacing = replaceFile(
      path,
      (append) => (where === "write" ? fail() : append(Buffer.from("new"))),
      where === "check" ? fail : undefined,
    );
    await expect(replacing).rejects.toThrow("no room");
    expect(readFileSync(path, "utf8")).toBe("old");
    expect(readdirSync(join(path, ".."))).toEqual(["records.jsonl"]);
  });
});
