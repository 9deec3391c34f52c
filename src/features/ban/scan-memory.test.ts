import { readdirSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type TemporaryRepository, temporaryRepository } from "../../../test/harness/temporary-repository.ts";
import { openRepository, workingTree } from "../../platform/git/index.ts";
import type { BanFacts } from "./facts.ts";
import { openScanMemory } from "./scan-memory.ts";

const FACTS: BanFacts = {
  tree: "the working tree",
  files: 1,
  links: 0,
  submodules: 0,
  imports: [],
  dependencies: [],
  spawns: [],
  unparsable: [],
  unresolved: [],
};

async function memoryOf({ folder }: TemporaryRepository) {
  return openScanMemory(folder, workingTree(await openRepository(folder)), []);
}

/** The change time of a file is only as fine as the system's ticks. */
const aTick = () => new Promise((done) => setTimeout(done, 20));

async function scan(repository: TemporaryRepository, meanwhile: () => void = () => undefined): Promise<void> {
  await aTick();
  const keeper = (await memoryOf(repository)).begin();
  meanwhile();
  await keeper.watch();
  keeper.keep(FACTS);
  keeper.close();
}

describe("what is remembered of a scan", () => {
  it("is recalled while nothing changed", async () => {
    const repository = temporaryRepository({ "a.ts": "1\n" });
    await scan(repository);
    expect(await (await memoryOf(repository)).recall()).toEqual(FACTS);
  });

  it("is not kept when a file changed while the scan went on", async () => {
    const repository = temporaryRepository({ "a.ts": "1\n" });
    await scan(repository, () => repository.write("a.ts", "2\n"));
    expect(await (await memoryOf(repository)).recall()).toBeNull();
    expect(readdirSync(join(repository.folder, ".git/growth-engine"))).toEqual([]);
  });

  it("is not recalled when a file was changed and put back, its times of writing with it", async () => {
    const repository = temporaryRepository({ "a.ts": "1\n" });
    utimesSync(join(repository.folder, "a.ts"), 1_000, 1_000);
    await scan(repository);
    repository.write("a.ts", "2\n");
    repository.write("a.ts", "1\n");
    utimesSync(join(repository.folder, "a.ts"), 1_000, 1_000);
    expect(await (await memoryOf(repository)).recall()).toBeNull();
  });

  it.each([
    ["a file came", (made: TemporaryRepository) => made.write("b.ts", "")],
    ["a file is tracked now", (made: TemporaryRepository) => made.git("add", "new.ts")],
    ["a file went", (made: TemporaryRepository) => made.git("rm", "-q", "--cached", "a.ts")],
  ])("is not recalled when %s", async (_, change) => {
    const repository = temporaryRepository({ "a.ts": "1\n" });
    repository.write("new.ts", "");
    await scan(repository);
    change(repository);
    expect(await (await memoryOf(repository)).recall()).toBeNull();
  });
});
