import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  adopt,
  changesIn,
  type InitReport,
  NPM_FILES,
  onGithub,
  planFor,
  readText,
} from "../harness/adopting-repository.ts";
import { temporaryFolder } from "../harness/temporary-repository.ts";

describe("growth-engine init in a hostile world", () => {
  it("goes on where it was interrupted, whatever was written by then", async () => {
    const whole = onGithub();
    await adopt(whole);
    const { files } = JSON.parse(readText(whole, ".growth-engine/init.json"));
    const paths = [...Object.keys(files), ".growth-engine/init.json"];
    for (const kept of [
      [".growth-engine/init.json"],
      [".growth-engine/init.json", ".growth-engine/LICENSE", ".gitattributes"],
    ]) {
      const repository = onGithub();
      for (const path of kept) repository.write(path, readFileSync(join(whole.folder, path)));
      repository.write(".growth-engine/.growth-engine-77.tmp", "half");
      await adopt(repository);
      for (const path of paths) expect(readText(repository, path) === readText(whole, path), path).toBe(true);
      expect(existsSync(join(repository.folder, ".growth-engine/.growth-engine-77.tmp"))).toBe(false);
      await adopt(repository, "--undo");
      expect(changesIn(repository)).toEqual([]);
    }
  });

  it("undoes what was half written", async () => {
    const whole = onGithub();
    await adopt(whole);
    const repository = onGithub();
    repository.write(".growth-engine/init.json", readText(whole, ".growth-engine/init.json"));
    await adopt(repository, "--undo");
    expect(changesIn(repository)).toEqual([]);
  });

  it("writes nothing through a link, and nothing over a folder", async () => {
    const outside = temporaryFolder();
    const linked = onGithub();
    symlinkSync(outside, join(linked.folder, ".github"));
    const folder = onGithub();
    mkdirSync(join(folder.folder, "growth-engine.json"));
    for (const repository of [linked, folder]) {
      const answer = await repository.runCli(["init", "--yes"]);
      expect(answer.code).toBe(2);
      expect(answer.err).toMatch(/is a (link|folder)/);
      expect(existsSync(join(repository.folder, ".growth-engine"))).toBe(false);
    }
    expect(readdirSync(outside)).toEqual([]);
  });

  it.each([
    ["no JSON", "{"],
    ["a foreign schema", '{"schema":"x"}'],
    [
      "a file that init never writes",
      '{"schema":"growth-engine/init@1","version":"1","files":{"src/cart.ts":{"sha256":"00"}},"folders":[]}',
    ],
    [
      "a way out",
      '{"schema":"growth-engine/init@1","version":"1","files":{".growth-engine/../../x":{"added":"x"}},"folders":[]}',
    ],
  ])("refuses a manifest with %s", async (_, text) => {
    const repository = onGithub({ ...NPM_FILES, ".growth-engine/init.json": text });
    for (const words of [["--yes"], ["--undo", "--yes"]]) {
      const answer = await repository.runCli(["init", ...words]);
      expect(answer).toMatchObject({ code: 2 });
      expect(answer.err).toContain("is not what init wrote");
    }
    expect(changesIn(repository)).toEqual([]);
  });

  it("says that a folder may not be written, and can be run again", async () => {
    if (process.getuid?.() === 0) return;
    const repository = onGithub();
    mkdirSync(join(repository.folder, ".github"), { mode: 0o555 });
    const answer = await repository.runCli(["init", "--yes"]);
    expect(answer).toMatchObject({ code: 3 });
    expect(answer.err).toContain("[FILE_FAILED]");
    rmSync(join(repository.folder, ".github"), { recursive: true });
    await adopt(repository);
  });

  it.each([
    [["--forge", "githib"], "did you mean --forge github?"],
    [["--pin", "latest"], "--pin takes vendored, npm"],
    [["--hook", "pre-commit"], "--hook"],
    [["--hook", "pre-receive"], "there: node"],
    [["--replace", "src/cart.ts"], "--dry-run shows the files"],
    [["now"], "growth-engine init --help"],
  ])("answers %j with what to write instead, exit 2", async (words, hint) => {
    const repository = onGithub();
    const answer = await repository.runCli(["init", "--yes", ...words]);
    expect(answer).toMatchObject({ code: 2 });
    expect(answer.err).toContain(hint);
    expect(changesIn(repository)).toEqual([]);
  });

  it("asks which package manager is in charge where several have a lock file", async () => {
    const repository = onGithub({ ...NPM_FILES, "yarn.lock": "", "pnpm-lock.yaml": "" });
    expect((await planFor(repository)).notes).toEqual([]);
    const answer = await repository.runCli(["init", "--yes", "--pin", "npm"]);
    expect(answer.err).toContain("several package managers have a lock file here: npm, pnpm, yarn");
    const python = onGithub({ "shop/__init__.py": "" });
    expect((await python.runCli(["init", "--yes", "--pin", "npm"])).err).toContain("needs a package.json");
  });

  it("prints names and texts of the repository so that a terminal does not obey them", async () => {
    const repository = onGithub({
      ...NPM_FILES,
      "growth-engine.json": "{} // \u001b[2J\n",
    });
    const answer = await repository.runCli(["init", "--dry-run"]);
    expect(answer.out).toContain("\\u{1b}[2J");
    expect(answer.out).not.toContain("\u001b");
  });

  it("tells a program all that it tells a person", async () => {
    const repository = onGithub();
    const shape = await planFor(repository);
    expect(shape).toMatchObject({ done: false, verdict: null, found: { hasCommits: true } });
    expect(shape.files).toContainEqual(
      expect.objectContaining({ path: "growth-engine.json", action: "create" }),
    );
    const refused = await repository.runCli(["init", "--json"]);
    expect(refused.code).toBe(2);
    expect(JSON.parse(refused.out).files.length).toBe(shape.files.length);
    const done: InitReport = JSON.parse(await adopt(repository, "--json"));
    expect(done).toMatchObject({ done: true, verdict: { verdict: "pass" } });
    expect(done.next.length).toBe(2);
  });
});
