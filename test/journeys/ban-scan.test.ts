import { describe, expect, it } from "vitest";
import { temporaryRepository } from "../harness/temporary-repository.ts";

const BAD = 'import "context7-mcp";\n';

describe("growth-engine ban scan", () => {
  it("passes a clean repository with exit 0 and says how many files it saw", async () => {
    const repository = temporaryRepository({ "app/a.ts": "", "README.md": "context7-mcp is banned\n" });
    const answer = await repository.runCli(["ban", "scan"]);
    expect(answer).toMatchObject({ code: 0, err: "" });
    expect(answer.out).toContain("2 files of the working tree seen");
  });

  it("fails a repository whose production reaches a banned package, and shows the chain", async () => {
    const repository = temporaryRepository({
      "app/a.ts": 'import "../scripts/b";\n',
      "scripts/b.ts": BAD,
    });
    const answer = await repository.runCli(["ban", "scan"]);
    expect(answer).toMatchObject({ code: 1, err: "" });
    for (const part of ["ban/transitive", "app/a.ts:1", "scripts/b.ts:1", "context7-mcp"])
      expect(answer.out).toContain(part);
  });

  it("prints one guard object as JSON, the same twice", async () => {
    const repository = temporaryRepository({ "app/a.ts": `import "./gone";\n${BAD}` });
    const [first, second] = [
      await repository.runCli(["ban", "scan", "--json"]),
      await repository.runCli(["ban", "scan", "--format", "json"]),
    ];
    expect(first.out).toBe(second.out);
    expect(JSON.parse(first.out)).toMatchObject({
      guard: "dev-mcp-ban",
      verdict: "fail",
      findings: [
        { rule: "ban/import", level: "block", file: "app/a.ts", line: 2 },
        { rule: "ban/unresolved", level: "observe", file: "app/a.ts", line: 1 },
      ],
    });
  });

  it("reads a commit, the index or the working tree, from any folder of the repository", async () => {
    const repository = temporaryRepository({ "app/a.ts": BAD, "app/deep/b.ts": "" });
    repository.write("app/a.ts", "");
    expect((await repository.runCli(["ban", "scan"], { cwd: `${repository.folder}/app/deep` })).code).toBe(0);
    expect((await repository.runCli(["ban", "scan", "--staged"])).code).toBe(1);
    repository.git("add", "--all");
    expect((await repository.runCli(["ban", "scan", "--staged"])).code).toBe(0);
    expect((await repository.runCli(["ban", "scan", "--head", "main"])).code).toBe(1);
  });

  it("says of an import into a submodule what the guard says of the commit", async () => {
    const inner = temporaryRepository({ "x.ts": "" });
    const repository = temporaryRepository({ "app/a.ts": `import "../vendor/sub/x";\n${BAD}` });
    repository.git("-c", "protocol.file.allow=always", "submodule", "add", inner.folder, "vendor/sub");
    repository.commit("Add a submodule");
    const facts = [];
    for (const where of [[], [], ["--head", "HEAD"]]) {
      const { out } = await repository.runCli(["ban", "scan", "--json", ...where]);
      facts.push(JSON.parse(out).findings);
    }
    expect(facts[0]).toContainEqual({
      rule: "ban/unresolved",
      level: "observe",
      message: '"../vendor/sub/x" leads into the submodule vendor/sub: a chain through it cannot be seen',
      file: "app/a.ts",
      line: 1,
      column: 1,
      hint: "vendor/sub is a repository of its own: run growth-engine ban scan inside it",
    });
    expect(facts[1]).toEqual(facts[0]);
    expect(facts[2]).toEqual(facts[0]);
  });

  it("takes what is production from the command line", async () => {
    const repository = temporaryRepository({ "web/a.ts": BAD });
    expect((await repository.runCli(["ban", "scan"])).code).toBe(0);
    const answer = await repository.runCli(["ban", "scan", "--production", "web/**", "other/**"]);
    expect(answer.code).toBe(1);
  });

  it("says that a bare repository has no index, instead of passing an empty one", async () => {
    const repository = temporaryRepository({ "app/a.ts": BAD }).bareClone();
    const answer = await repository.runCli(["ban", "scan", "--staged"]);
    expect(answer).toMatchObject({ code: 3, out: "", err: expect.stringContaining("--head <revision>") });
    expect((await repository.runCli(["ban", "scan", "--head", "main"])).code).toBe(1);
  });

  it("could not tell without git, and says so", async () => {
    const repository = temporaryRepository({ "app/a.ts": "" });
    const answer = await repository.runCli(["ban", "scan"], { env: { PATH: repository.folder } });
    expect(answer).toMatchObject({ code: 3, out: "" });
    expect(answer.err).toMatch(/^error git could not be started.*\n(mend: .*\n)?$/);
  });

  it("could not tell from a damaged index, and says so", async () => {
    const repository = temporaryRepository({ "app/a.ts": "" });
    repository.write(".git/index", "not an index");
    expect(await repository.runCli(["ban", "scan"])).toMatchObject({ code: 3, out: "" });
  });

  it("searches a bundle too", async () => {
    const repository = temporaryRepository({ ".gitignore": "dist\n", "src/a.ts": "" });
    repository.write("dist/a.js", 'import "context7-mcp";\n');
    const answer = await repository.runCli(["ban", "scan", "--bundle", "dist", "--json"]);
    expect(answer.code).toBe(1);
    expect(JSON.parse(answer.out).findings).toMatchObject([{ rule: "ban/bundle" }]);
  });

  it("obeys the levels of the config", async () => {
    const repository = temporaryRepository({
      "growth-engine.json": '{ "rules": { "ban/import": "warn" } }',
      "app/a.ts": BAD,
    });
    const answer = await repository.runCli(["ban", "scan", "--json"]);
    expect(answer.code).toBe(0);
    expect(JSON.parse(answer.out)).toMatchObject({ verdict: "pass", findings: [{ level: "warn" }] });
  });

  it.each([
    [["--head", "nowhere"], 2, "nowhere"],
    [["--head", "HEAD", "--staged"], 2, "--staged"],
    [["--format", "jsn"], 2, "json"],
    [["app"], 2, "too many arguments"],
    [["--bundle", "nowhere"], 2, "nowhere"],
  ])("refuses %j", async (words, code, says) => {
    const repository = temporaryRepository({ "app/a.ts": "" });
    const answer = await repository.runCli(["ban", "scan", ...words]);
    expect(answer).toMatchObject({ code, out: "" });
    expect(answer.err).toContain(says);
  });

  it("refuses entries that are missing, and is no pass outside of a repository", async () => {
    const repository = temporaryRepository({
      "growth-engine.json": '{ "ban": { "entries": ["src/gone.ts"] } }',
    });
    const answer = await repository.runCli(["ban", "scan"]);
    expect(answer.code).toBe(2);
    expect(answer.err).toContain("src/gone.ts");
    const nowhere = await repository.runCli(["ban", "scan"], { cwd: "/" });
    expect(nowhere.code).toBe(3);
  });

  it("cannot tell where objects are missing, and says so", async () => {
    const repository = temporaryRepository({ "app/a.ts": BAD });
    const blob = repository.git("rev-parse", "HEAD:app/a.ts");
    repository.remove(`.git/objects/${blob.slice(0, 2)}/${blob.slice(2)}`);
    const answer = await repository.runCli(["ban", "scan", "--head", "HEAD"]);
    expect(answer.code).toBe(3);
    expect(answer.err).toContain("HISTORY_MISSING");
  });

  it("is not misled by the user's git settings", async () => {
    const repository = temporaryRepository({ "app/a.ts": BAD });
    for (const [key, value] of [
      ["color.ui", "always"],
      ["color.grep", "always"],
      ["grep.patternType", "perl"],
      ["grep.lineNumber", "true"],
      ["grep.fullName", "false"],
      ["submodule.recurse", "true"],
      ["core.quotePath", "true"],
    ] as const)
      repository.git("config", key, value);
    const answer = await repository.runCli(["ban", "scan", "--json"]);
    expect(JSON.parse(answer.out).findings).toMatchObject([{ rule: "ban/import", file: "app/a.ts" }]);
  });
});
