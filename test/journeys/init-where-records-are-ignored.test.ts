import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { adopt, NPM_FILES, onGithub, readText } from "../harness/adopting-repository.ts";
import { type TemporaryRepository, temporaryFolder } from "../harness/temporary-repository.ts";

const EVIDENCE = "artifacts/ada/2026-01-05/mcp/docs.jsonl";

describe("growth-engine init where artifacts/ is ignored", () => {
  const ways: [string, (repository: TemporaryRepository) => void][] = [
    ["by the folder", (r) => r.write(".gitignore", "artifacts/\n")],
    ["by what is in it", (r) => r.write(".gitignore", "/artifacts/*\n!/artifacts/.gitkeep\n")],
    ["by kind of file", (r) => r.write(".gitignore", "*.jsonl\n*.ndjson\n*.tar.gz\n")],
    ["by a file inside of it", (r) => r.write("artifacts/.gitignore", "*\n!.gitignore\n")],
    [
      "by both",
      (r) => {
        r.write(".gitignore", "artifacts\n");
        r.write("artifacts/.gitignore", "*");
      },
    ],
    ["by the clone's own exclude file", (r) => r.write(".git/info/exclude", "artifacts/\n")],
    [
      "by the user's own rules",
      (r) => {
        const file = join(temporaryFolder(), "ignore");
        r.git("config", "core.excludesFile", file);
        r.write(`../${file.split("/").slice(-2).join("/")}`, "**/artifacts/**\n");
      },
    ],
  ];

  it.each(ways)("%s: git tracks the records afterwards, and nothing else of it", async (_, ignore) => {
    const repository = onGithub();
    ignore(repository);
    repository.git("add", "--all");
    repository.commit("Ignore");
    const before = repository.tryGit(["check-ignore", "-q", "artifacts/ada/screen.png"]).code;
    expect(repository.tryGit(["check-ignore", "-q", EVIDENCE]).code).toBe(0);
    await adopt(repository);
    for (const path of [
      EVIDENCE,
      "artifacts/ada/2026-01-05/heartbeat.s1.ndjson",
      "artifacts/redactions.jsonl",
    ])
      expect(repository.tryGit(["check-ignore", "-q", path]).code, path).toBe(1);
    expect(repository.tryGit(["check-ignore", "-q", "artifacts/ada/screen.png"]).code).toBe(before);
    expect(repository.git("check-attr", "merge", "--", EVIDENCE)).toContain("merge: union");
    repository.write(EVIDENCE, "{}\n");
    repository.commit("Record");
    expect(repository.git("ls-files", "artifacts")).toContain(EVIDENCE);
    expect(await adopt(repository)).toContain("nothing to change");
    repository.git("rm", "-q", EVIDENCE);
    await adopt(repository, "--undo");
    repository.commit("Leave");
    expect(repository.git("diff", "HEAD~2", "HEAD", "--", ".gitignore", "artifacts")).toBe("");
  });

  it("moves its lines below a rule that somebody added after them", async () => {
    const repository = onGithub({ ...NPM_FILES, ".gitignore": "artifacts/\n" });
    await adopt(repository);
    repository.write(".gitignore", `${readText(repository, ".gitignore")}artifacts/\n`);
    await adopt(repository);
    expect(repository.tryGit(["check-ignore", "-q", EVIDENCE]).code).toBe(1);
    expect(await adopt(repository)).toContain("nothing to change");
  });

  it("lets git track the tool where a rule would leave parts of it out", async () => {
    const repository = onGithub({ ...NPM_FILES, ".gitignore": ".*\n*.wasm\n*.cjs\n" });
    await adopt(repository);
    repository.commit("Adopt");
    const tracked = repository.git("ls-files").split("\n");
    expect(tracked).toEqual(expect.arrayContaining([".growth-engine/cli.cjs", ".growth-engine/parser.wasm"]));
    expect(tracked).toEqual(expect.arrayContaining([".gitignore", ".github/workflows/growth-engine.yml"]));
  });
});
