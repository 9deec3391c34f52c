import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryRepository } from "../../../test/harness/temporary-repository.ts";
import { commitTree, openRepository, workingTree } from "../../platform/git/index.ts";
import { defaultConfig } from "./parse-config.ts";
import { readConfig } from "./read-config.ts";

describe("the config of a commit", () => {
  it("is the one of that commit, whatever lies on disk", async () => {
    const repository = temporaryRepository({ "growth-engine.json": '{"evidence":{"tools":["context7"]}}' });
    repository.write("growth-engine.json", "broken");
    const opened = await openRepository(repository.folder);
    expect((await readConfig(commitTree(opened, "HEAD"))).evidence.tools).toEqual(["context7"]);
  });

  it("is the defaults where there is none", async () => {
    const opened = await openRepository(temporaryRepository({ "README.md": "" }).folder);
    expect(await readConfig(commitTree(opened, "HEAD"))).toEqual(defaultConfig());
  });

  it("names the file in its refusal, and refuses one of over a megabyte unread", async () => {
    const repository = temporaryRepository({ "growth-engine.json": "{" });
    repository.branch("large");
    repository.write("growth-engine.json", `{}${" ".repeat(1 << 20)}`);
    repository.commit("Grow");
    const opened = await openRepository(repository.folder);
    await expect(readConfig(commitTree(opened, "main"))).rejects.toThrow(/growth-engine[.]json in .*:1:/);
    await expect(readConfig(commitTree(opened, "large"))).rejects.toThrow(/over 1 MiB/);
  });

  it("is refused behind a link, and when it is not UTF-8", async () => {
    const repository = temporaryRepository({ "loose.json": "{}" });
    symlinkSync("loose.json", join(repository.folder, "growth-engine.json"));
    repository.commit("Link");
    repository.branch("bytes");
    repository.remove("growth-engine.json");
    repository.write("growth-engine.json", Buffer.from('{"ban":{"packages":["\xff"]}}', "latin1"));
    repository.commit("Bytes");
    const opened = await openRepository(repository.folder);
    await expect(readConfig(commitTree(opened, "main"))).rejects.toThrow(/is a link/);
    await expect(readConfig(commitTree(opened, "bytes"))).rejects.toThrow(/is not UTF-8/);
    repository.move("main");
    await expect(readConfig(workingTree(opened))).rejects.toThrow(/is a link/);
  });
});
