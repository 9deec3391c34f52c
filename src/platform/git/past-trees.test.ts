import { describe, expect, it } from "vitest";
import { temporaryRepository } from "../../../test/harness/temporary-repository.ts";
import { commitTree, openRepository, pastTrees, type Tree } from "./index.ts";

async function contentsOf(tree: Tree, paths: string[], maxBytes?: number) {
  const found: [string, string][] = [];
  for await (const [path, content] of tree.read(paths, maxBytes))
    found.push([path, "content" in content ? content.content.toString() : Object.keys(content).join()]);
  return found;
}

describe("pastTrees", () => {
  it("answers for each commit as its own tree does", async () => {
    const repository = temporaryRepository({ "a.ts": "needle\n", "b/c.ts": "hay\n", "d.bin": "x\0needle" });
    const first = repository.git("rev-parse", "HEAD");
    repository.write("b/c.ts", "needle too\n");
    repository.remove("a.ts");
    const second = repository.commit("Change");
    const opened = await openRepository(repository.folder);
    const trees = pastTrees(opened);
    const patterns = [
      { fixed: ["needle"] },
      { regex: ["n[e]+dle t"] },
      { fixed: ["needle"], pathspecs: ["b"] },
    ];
    for (const commit of [first, second, first]) {
      const [past, own] = [trees.at(commit), commitTree(opened, commit)];
      for (const asked of patterns) expect(await past.search(asked)).toEqual(await own.search(asked));
      const paths = ["b/c.ts", "nowhere", "a.ts", "d.bin"];
      expect(await contentsOf(past, paths)).toEqual(await contentsOf(own, paths));
      expect(await contentsOf(past, paths, 4)).toEqual(await contentsOf(own, paths, 4));
    }
  });

  it("finds a single blob by its id", async () => {
    const repository = temporaryRepository({ "a.ts": "needle\n" });
    const blob = repository.git("rev-parse", "HEAD:a.ts");
    const { search } = pastTrees(await openRepository(repository.folder));
    expect([...(await search.matching({ fixed: ["needle"] }, [blob]))]).toEqual([blob]);
    expect([...(await search.matching({ fixed: ["no"] }, [blob]))]).toEqual([]);
  });
});
