import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/harness/temporary-repository.ts";
import { holdLock } from "./index.ts";

const lockPath = () => join(temporaryFolder(), "work.lock");

describe("holdLock", () => {
  it("keeps others out while the task runs, and is gone after it, also when it fails", async () => {
    const path = lockPath();
    await holdLock(path, "the work", async () => {
      await expect(holdLock(path, "the work", async () => undefined)).rejects.toThrow(
        `the work is under way in process ${process.pid}`,
      );
    });
    await expect(holdLock(path, "the work", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(existsSync(path)).toBe(false);
  });

  it.each(["4194304", "", "not a number"])("takes over a lock that nobody holds: %j", async (owner) => {
    const path = lockPath();
    writeFileSync(path, owner);
    expect(await holdLock(path, "the work", async () => "done")).toBe("done");
  });
});
