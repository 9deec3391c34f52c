import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCli, temporaryRepository } from "./temporary-repository.ts";

describe("a temporary repository", () => {
  it("gives the same commit ids on every machine", () => {
    const build = () => {
      const repository = temporaryRepository({ "a.txt": "one\n" });
      repository.write("b/c.txt", "two\n");
      return repository.commit("Add c", { time: "2026-02-01T00:00:00Z" });
    };
    expect(build()).toBe(build());
  });

  it("branches, merges and dates each commit as told", () => {
    const repository = temporaryRepository({ "a.txt": "one\n" });
    repository.branch("topic");
    repository.write("b.txt", "two\n");
    repository.commit("Add b", { time: Date.parse("2026-01-06T00:00:00Z") });
    repository.move("main");
    repository.merge("topic", { time: "2026-01-07T00:00:00Z" });
    expect(repository.git("log", "--first-parent", "--format=%ct %s")).toBe(
      "1767744000 Merge topic\n1767603600 Start",
    );
  });

  it("clones, shallow and bare", () => {
    const repository = temporaryRepository({ "a.txt": "one\n" });
    repository.commit("Second");
    expect(repository.clone("--depth=1").git("rev-list", "--count", "HEAD")).toBe("1");
    const bare = repository.bareClone();
    expect(existsSync(join(bare.folder, "HEAD"))).toBe(true);
    expect(bare.git("rev-list", "--count", "main")).toBe("2");
  });

  it("tells what git refused", () => {
    const repository = temporaryRepository();
    expect(() => repository.git("rev-parse", "HEAD")).toThrow(/HEAD/);
    expect(repository.tryGit(["rev-parse", "HEAD"]).code).toBe(128);
  });

  it("runs the built command line", async () => {
    const answer = await runCli(["--version"]);
    expect(answer).toEqual({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), err: "" });
  });
});
