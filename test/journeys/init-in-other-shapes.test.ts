import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/features/config/index.ts";
import { adopt, changesIn, clonedFrom, onGithub, planFor, readText } from "../harness/adopting-repository.ts";
import { temporaryFolder, temporaryRepository } from "../harness/temporary-repository.ts";

describe("growth-engine init in repositories of other shapes", () => {
  it("finds the packages of a pnpm workspace", async () => {
    const repository = onGithub({
      "package.json": '{ "name": "root", "packageManager": "pnpm@10.0.0" }',
      "pnpm-lock.yaml": "",
      "pnpm-workspace.yaml": "packages:\n  - 'packages/*' # all\n  - apps/**\n  - '!packages/old'\n",
      "packages/ui/package.json": "{}",
      "packages/ui/src/a.ts": "",
      "packages/ui/tests/a.ts": "",
      "packages/core/package.json": '{ "main": "./index.js" }',
      "packages/core/index.js": "",
      "packages/core/rollup.config.js": "",
      "packages/old/package.json": "{}",
      "packages/old/lib/a.ts": "",
      "apps/web/package.json": "{}",
      "apps/web/app/a.tsx": "",
      ".claude/settings.json": "{}",
      "AGENTS.md": "",
    });
    const { found } = await planFor(repository);
    expect(found.production).toEqual(["apps/web/app/**", "packages/*/index.js", "packages/*/src/**"]);
    expect(found.agents.map(({ agent }) => agent)).toEqual(["Claude Code", "any that reads AGENTS.md"]);
  });

  it("serves a Go repository on GitLab with a job, and the script that it runs", async () => {
    const repository = clonedFrom("git@gitlab.com:acme/shop.git", {
      "go.mod": "module shop\n",
      "main.go": "package main\n",
      "internal/cart/cart.go": "package cart\n",
      "test/a_test.go": "package test\n",
      ".gitlab-ci.yml":
        "stages: [build, deploy]\n\ninclude:\n  - template: SAST.yml\n\nbuild:\n  script: make\n",
    });
    const out = await adopt(repository);
    expect(out).toContain("glab api -X PUT projects/:id");
    expect(parseConfig(readText(repository, "growth-engine.json")).ban.production).toEqual([
      "*.go",
      "internal/**",
    ]);
    expect(readText(repository, ".gitlab/growth-engine.yml")).toContain('stage: "build"');
    expect(readText(repository, ".gitlab-ci.yml")).toContain(
      "include:\n  - local: /.gitlab/growth-engine.yml\n  - template: SAST.yml\n",
    );
    expect(readText(repository, ".gitlab/merge_request_templates/Default.md")).toContain("## Heartbeat");
    expect(existsSync(join(repository.folder, ".github"))).toBe(false);
    expect(await adopt(repository)).toContain("nothing to change");
    await adopt(repository, "--undo");
    expect(changesIn(repository)).toEqual([]);
  });

  it("judges by a script in any CI: the target's tool, and not that of the branch", async () => {
    const repository = temporaryRepository({ "app/shop.py": "cart = []\n", "src/a.js": "" });
    await adopt(repository);
    repository.commit("Adopt");
    repository.branch("work");
    repository.write("src/a.js", 'import "context7-mcp";\n');
    repository.write(".growth-engine/cli.cjs", "process.exit(0)\n");
    repository.write(".growth-engine/ci.sh", "exit 0\n");
    repository.commit("Cheat");
    const ci = (...words: string[]) => {
      const script = `git show main:.growth-engine/ci.sh | sh -s -- ${words.join(" ")}`;
      return repository.tryGit(["-c", `alias.ci=!${script}`, "ci"]);
    };
    expect(ci("main").code).toBe(1);
    expect(ci("main").out).toContain("ban/import  src/a.js:1");
    expect(ci("main", "main").code).toBe(0);
    expect(ci("nowhere").code).toBe(3);
    expect(ci("main~1").out).toContain("holds no Growth Engine yet");
  });

  it("begins in a repository without a commit, and judges its working tree", async () => {
    const repository = temporaryRepository();
    repository.write("src/a.ts", 'import "context7-mcp";\n');
    const out = await adopt(repository, "--forge", "github");
    expect(out).toContain("no commit yet");
    expect(out).toContain("✖ fail  dev-mcp-ban");
    expect(out).toContain("Nothing is refused yet");
    repository.commit("Adopt");
    expect(await adopt(repository)).toContain("nothing to change");
  });

  it("works from a folder below, in a linked worktree, and by any forge it is told", async () => {
    const repository = onGithub();
    const linked = join(temporaryFolder(), "linked");
    repository.git("worktree", "add", "--quiet", "-b", "linked", linked);
    const answer = await repository.runCli(["init", "--yes", "--hook", "pre-push", "--forge", "gitlab"], {
      cwd: join(linked, "src"),
    });
    expect(answer.code).toBe(0);
    expect(existsSync(join(linked, ".gitlab-ci.yml"))).toBe(true);
    expect(existsSync(join(linked, ".github"))).toBe(false);
    expect(existsSync(join(repository.folder, ".git/hooks/pre-push"))).toBe(true);
    expect((await repository.runCli(["init", "--undo", "--yes"], { cwd: linked })).code).toBe(0);
    expect(existsSync(join(repository.folder, ".git/hooks/pre-push"))).toBe(false);
    expect(repository.git("-C", linked, "status", "--porcelain")).toBe("");
  });

  it("sets up the pre-receive hook of a bare repository, which then refuses a push", async () => {
    const repository = temporaryRepository({ "src/a.ts": "export {};\n" });
    const bare = repository.bareClone();
    expect((await bare.runCli(["init", "--yes"])).err).toContain("growth-engine init --hook pre-receive");
    await adopt(bare, "--hook", "pre-receive");
    expect(await adopt(bare)).toContain("nothing to change");
    repository.write("src/a.ts", 'import "context7-mcp";\n');
    repository.commit("Ban me");
    const refused = repository.tryGit(["push", bare.folder, "main"]);
    expect(refused.err).toContain("ban/import  src/a.ts:1");
    expect(refused.code).not.toBe(0);
    await adopt(bare, "--undo");
    expect(repository.tryGit(["push", bare.folder, "main"]).code).toBe(0);
    expect(existsSync(join(bare.folder, "growth-engine"))).toBe(false);
  });

  it("pins by npm on demand: prints the command, and has CI install by the lock file without scripts", async () => {
    const repository = onGithub();
    const out = await adopt(repository, "--pin", "npm");
    expect(out).toMatch(/npm install --save-dev --save-exact --ignore-scripts growth-engine@\d+\.\d+\.\d+\n/);
    const workflow = readText(repository, ".github/workflows/growth-engine.yml");
    expect(workflow).toContain("- run: npm ci --ignore-scripts");
    expect(workflow).not.toContain("uses: ./.growth-engine");
    expect(readdirSync(join(repository.folder, ".growth-engine"))).toEqual(["init.json"]);
  });
});
