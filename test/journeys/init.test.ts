import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/features/config/index.ts";
import { adopt, changesIn, NPM_FILES, onGithub, readText } from "../harness/adopting-repository.ts";

describe("growth-engine init in a fresh npm repository", () => {
  it("writes what is needed, tells the first verdict and the two commands that follow", async () => {
    const repository = onGithub();
    const out = await adopt(repository);
    expect(out).toContain("production  src/**");
    expect(out).toContain("✔ pass  dev-mcp-ban");
    expect(out).toMatch(/1\. commit\n\n {5}git add .* && git commit/);
    expect(out).toContain("gh api -X POST 'repos/{owner}/{repo}/rulesets'");
    const { ban } = parseConfig(readText(repository, "growth-engine.json"));
    expect(ban.production).toEqual(["src/**"]);
    const { $schema } = JSON.parse(readText(repository, "growth-engine.json"));
    expect(existsSync(join(repository.folder, $schema))).toBe(true);
    expect(readText(repository, ".github/pull_request_template.md")).toContain("## Dev MCP Check");
    expect(readText(repository, ".github/workflows/growth-engine.yml")).toContain("uses: ./.growth-engine");
    expect(readText(repository, ".github/workflows/growth-engine.yml")).not.toContain("npx");
    expect(statSync(join(repository.folder, ".growth-engine/cli.cjs")).mode & 0o111).not.toBe(0);
  });

  it("writes a tool that judges by itself, in a repository where every written file is tracked", async () => {
    const repository = onGithub();
    await adopt(repository);
    repository.commit("Adopt");
    const tracked = repository.git("ls-files", ".growth-engine").split("\n");
    const written = readdirSync(join(repository.folder, ".growth-engine"), {
      recursive: true,
      withFileTypes: true,
    });
    expect(tracked.length).toBe(written.filter((entry) => entry.isFile()).length);
    repository.branch("work");
    repository.write("src/cart.ts", 'import "context7-mcp";\n');
    repository.commit("Ban me");
    const answer = repository.tryGit([
      "-c",
      "alias.judge=!node .growth-engine/cli.cjs guard ban --base main",
      "judge",
    ]);
    expect(answer.out).toContain("ban/import  src/cart.ts:1");
    expect(answer.code).toBe(1);
  });

  it("changes nothing when it is run again, also by the copy that it wrote", async () => {
    const repository = onGithub();
    await adopt(repository, "--hook", "pre-push");
    repository.commit("Adopt");
    expect(await adopt(repository)).toContain("nothing to change");
    const copy = repository.tryGit(["-c", "alias.again=!node .growth-engine/cli.cjs init", "again"]);
    expect(copy.out).toContain("nothing to change");
    expect(changesIn(repository)).toEqual([]);
  });

  it("is undone without a trace, before the commit and after it", async () => {
    const repository = onGithub({
      ...NPM_FILES,
      ".gitignore": "artifacts/\n*.log",
      ".gitattributes": "*.sh eol=lf\r\n",
    });
    await adopt(repository, "--hook", "pre-push");
    expect(changesIn(repository)).not.toEqual([]);
    await adopt(repository, "--undo");
    expect(changesIn(repository)).toEqual([]);
    expect(readdirSync(repository.folder).sort()).toEqual(
      [".git", ".gitattributes", ".gitignore", "package-lock.json", "package.json", "scripts", "src"].sort(),
    );
    expect(existsSync(join(repository.folder, ".git/hooks/pre-push"))).toBe(false);
    await adopt(repository);
    repository.commit("Adopt");
    await adopt(repository, "--undo");
    repository.commit("Leave");
    expect(repository.git("diff", "HEAD~2", "HEAD")).toBe("");
    expect(await adopt(repository, "--undo")).toContain("init wrote nothing here");
  });

  it("shows the plan, writes nothing and says how to, where nobody can be asked", async () => {
    const repository = onGithub();
    const answer = await repository.runCli(["init"]);
    expect(answer.code).toBe(2);
    expect(answer.out).toContain("+ create  growth-engine.json");
    expect(answer.err).toContain("mend: growth-engine init --yes");
    expect(changesIn(repository)).toEqual([]);
    expect((await repository.runCli(["init", "--dry-run"])).code).toBe(0);
    expect(changesIn(repository)).toEqual([]);
  });
});
