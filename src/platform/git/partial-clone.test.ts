import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import {
  type TemporaryRepository,
  temporaryFolder,
  temporaryRepository,
} from "../../../test/harness/temporary-repository.ts";
import { commitTree } from "./commit-tree.ts";
import { openBlobs, readBlobs, streamBlob } from "./read-blobs.ts";
import { readRange, resolveCommit } from "./read-range.ts";
import { openRepository } from "./repository.ts";
import { readOne } from "./tree.ts";

function clonedWith(...words: string[]): TemporaryRepository {
  const repository = temporaryRepository({ "a.txt": "one\n" });
  repository.git("config", "uploadpack.allowFilter", "true");
  repository.git("config", "uploadpack.allowAnySHA1InWant", "true");
  repository.write("a.txt", "two\n");
  repository.commit("Second");
  return repository.clone("--no-checkout", ...words);
}

async function collect<Item>(source: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of source) items.push(item);
  return items;
}

const lacking = { code: "HISTORY_MISSING", hint: "git fetch --refetch --no-filter origin" };

describe("a clone without blobs", () => {
  afterEach(() => {
    delete process.env.GIT_TRACE2_EVENT;
  });

  const readers: [string, (repository: TemporaryRepository) => Promise<unknown>][] = [
    ["read", async (at) => readOne(commitTree(await openRepository(at.folder), "HEAD"), "a.txt")],
    [
      "searched",
      async (at) => commitTree(await openRepository(at.folder), "HEAD").search({ fixed: ["two"] }),
    ],
    [
      "listed with blobs that are there",
      async (at) =>
        collect(
          readBlobs(await openRepository(at.folder), [at.git("rev-parse", "HEAD:a.txt"), "0".repeat(40)]),
        ),
    ],
    [
      "streamed",
      async (at) => collect(streamBlob(await openRepository(at.folder), at.git("rev-parse", "HEAD:a.txt"))),
    ],
    [
      "opened",
      async (at) => {
        const blobs = openBlobs(await openRepository(at.folder));
        return blobs.read(at.git("rev-parse", "HEAD:a.txt"), 10).finally(() => blobs.close());
      },
    ],
  ];

  it.each(readers)("is never quietly %s, nor fetched", async (_, read) => {
    const clone = clonedWith("--filter=blob:none");
    const trace = join(temporaryFolder(), "trace");
    process.env.GIT_TRACE2_EVENT = trace;
    await expect(read(clone)).rejects.toMatchObject(lacking);
    delete process.env.GIT_TRACE2_EVENT;
    expect(existsSync(trace)).toBe(true);
    expect(clone.git("count-objects", "-v")).toContain("in-pack: 4");
  });

  it("gives its range, since commits and trees are there", async () => {
    const clone = await openRepository(clonedWith("--filter=blob:none").folder);
    const [tip, head] = [await resolveCommit(clone, "HEAD~1"), await resolveCommit(clone, "HEAD")];
    expect((await readRange(clone, tip, head)).changes).toHaveLength(1);
  });

  it("can be read after its hint was followed", async () => {
    const clone = clonedWith("--filter=blob:none");
    clone.git(...lacking.hint.split(" ").slice(1));
    const opened = await openRepository(clone.folder);
    expect(String(await readOne(commitTree(opened, "HEAD"), "a.txt"))).toBe("two\n");
  });

  it("without trees lacks them too", async () => {
    const clone = await openRepository(clonedWith("--filter=tree:0").folder);
    const [tip, head] = [await resolveCommit(clone, "HEAD~1"), await resolveCommit(clone, "HEAD")];
    await expect(readRange(clone, tip, head)).rejects.toMatchObject(lacking);
  });

  it("that is shallow as well is mended by one hint after the other", async () => {
    const clone = clonedWith("--filter=blob:none", "--depth=1");
    clone.git(...lacking.hint.split(" ").slice(1));
    const opened = await openRepository(clone.folder);
    expect(String(await readOne(commitTree(opened, "HEAD"), "a.txt"))).toBe("two\n");
  });
});
