import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { searchFile } from "./search-file.ts";

const MIB = 1 << 20;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "search-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function holds(before: number, after: number): Promise<boolean> {
  const path = join(folder, "file");
  await writeFile(path, `${"x".repeat(before)}needle${"x".repeat(after)}`);
  return searchFile(path, ["other-one", "needle"]);
}

describe("searchFile", () => {
  it.each([0, 5, MIB - 6, MIB - 3, MIB - 1, MIB, 2 * MIB - 2])("finds a text at %d", async (before) => {
    expect(await holds(before, 10)).toBe(true);
    expect(await holds(before, 0)).toBe(true);
  });

  it("does not find what is not there", async () => {
    const path = join(folder, "none");
    await writeFile(path, `${"x".repeat(MIB - 3)}nee${"x".repeat(MIB)}dle`);
    expect(await searchFile(path, ["needle"])).toBe(false);
  });
});
