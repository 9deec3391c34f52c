import { execFile, spawnSync } from "node:child_process";
import { chmodSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { cliFile } from "../../../test/harness/cli-file.ts";
import { runCli, temporaryFolder, temporaryRepository } from "../../../test/harness/temporary-repository.ts";
import { FEATURES } from "./features.ts";

const node = process.env.GROWTH_ENGINE_TEST_NODE ?? process.execPath;
const bash = (script: string, cwd = temporaryFolder(), env = {}) =>
  promisify(execFile)("bash", ["-c", script], {
    cwd,
    env: { ...process.env, GE: `${node} ${cliFile()}`, ...env },
  });

describe("the command line, asked wrongly", () => {
  it.each([
    [["nope"], "unknown command 'nope'", "growth-engine --help"],
    [["evidnce"], "unknown command 'evidnce'", "Did you mean evidence?"],
    [["--nope"], "unknown option '--nope'", "growth-engine --help"],
    [[""], "unknown command ''", "growth-engine --help"],
    [["guard", "nope"], 'guard has no verb "nope"', "its verbs are all, mcp, idle, ban"],
    [["guard", "--nope"], "unknown option '--nope'", "growth-engine guard --help"],
    [["guard", "mcp", "--hed", "x"], "unknown option '--hed'", "Did you mean --head?"],
    [["guard", "--base"], "argument missing", "growth-engine guard --help"],
    [["evidence"], 'what is "evidence" to do?', "growth-engine evidence --help"],
    [["evidence", "zzzzzz"], "unknown command 'zzzzzz'", "its verbs are"],
    [["evidence", "a\u001b[31mb"], "a\\u{1b}[31mb", "its verbs are"],
  ])("answers %j with a sentence and a hint, exit 2 and nothing on stdout", async (words, sentence, hint) => {
    const answer = await runCli(words);
    expect(answer).toMatchObject({ code: 2, out: "" });
    expect(answer.err).toMatch(/^error .*\[USAGE\]\nmend: /);
    expect(answer.err).toContain(sentence);
    expect(answer.err).toContain(hint);
  });

  it.each(Object.keys(FEATURES))("never answers %s with silence", async (feature) => {
    const answer = await runCli([feature]);
    expect(answer.out + answer.err).not.toBe("");
    expect(answer.code).not.toBe(0);
  });

  it.each(["nope", "--upload-pack=touch x", "-x", "HEAD@{99}", "", "\u001b]0;x\u0007"])(
    "refuses the revision %j",
    async (revision) => {
      const repository = temporaryRepository({ "a.txt": "1" });
      const answer = await repository.runCli(["guard", `--base=${revision}`]);
      expect(answer).toMatchObject({ code: 2, out: "" });
      expect(answer.err).toContain("[REVISION_UNKNOWN]");
      expect(answer.err).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
    },
  );
});

describe("the command line's help", () => {
  it.each([[["--help"]], [["-h"]], [["help"]], [[]]])("is printed for %j, exit 0", async (words) => {
    const answer = await runCli(words);
    expect(answer).toMatchObject({ code: 0, err: "" });
    for (const feature of Object.keys(FEATURES)) expect(answer.out).toContain(`\n  ${feature} `);
    expect(answer.out).toContain("Exit codes:");
  });

  it.each(Object.keys(FEATURES))("is printed for %s, exit 0", async (feature) => {
    const [asked, ...others] = await Promise.all(
      [
        [feature, "--help"],
        [feature, "-h"],
        ["help", feature],
        ["--help", feature],
      ].map((words) => runCli(words)),
    );
    expect(asked).toMatchObject({ code: 0, err: "" });
    expect(asked?.out).toContain(`growth-engine ${feature} `);
    for (const other of others.slice(0, 2)) expect(other).toEqual(asked);
    expect(others[2]?.code).toBe(0);
  });

  it("is printed for a verb, exit 0", async () => {
    const answer = await runCli(["guard", "mcp", "--help"]);
    expect(answer).toMatchObject({ code: 0, err: "" });
    expect(answer.out).toContain("Usage: growth-engine guard mcp");
    expect(await runCli(["help", "guard", "mcp"])).toEqual(answer);
  });

  it.each(["--version", "-V"])("gives the version for %s", async (word) => {
    expect(await runCli([word])).toEqual({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      err: "",
    });
  });
});

describe("the command line in a hostile world", () => {
  it("says that a folder is no repository, exit 3", async () => {
    const answer = await runCli(["guard"]);
    expect(answer).toMatchObject({ code: 3, out: "" });
    expect(answer.err).toContain("[NOT_A_REPOSITORY]");
  });

  it.each([
    ["--depth=1", "git fetch --unshallow origin"],
    ["--filter=blob:none", "git fetch --refetch --no-filter origin"],
  ])("never passes a clone made with %s, exit 3", async (flag, hint) => {
    const repository = temporaryRepository({ "src/a.ts": "1\n" });
    repository.git("config", "uploadpack.allowFilter", "true");
    const base = repository.git("rev-parse", "HEAD");
    repository.write("src/a.ts", 'import "context7-mcp";\n');
    repository.commit("Ban me");
    const answer = await repository.clone("--no-checkout", flag).runCli(["guard", "--base", base]);
    expect(answer.code).toBe(3);
    expect(answer.out + answer.err).toContain(hint);
  });

  it("says that the current folder was deleted, exit 3", async () => {
    const folder = temporaryFolder();
    const run = bash(`rmdir "$PWD" && $GE guard`, folder);
    await expect(run).rejects.toMatchObject({ code: 3, stderr: expect.stringContaining("does not exist") });
    expect(() => rmdirSync(folder)).toThrow();
  });

  it("says that git is not there, exit 3", async () => {
    const repository = temporaryRepository({ "a.txt": "1" });
    const answer = await repository.runCli(["guard"], { env: { PATH: temporaryFolder() } });
    expect(answer.code).toBe(3);
    expect(answer.out + answer.err).toContain("git could not be started");
  });

  it("ends quietly when its reader leaves, and keeps its exit code", async () => {
    const { stdout, stderr } = await bash(
      `$GE --help | head -1; echo "\${PIPESTATUS[0]}"; $GE --help | true`,
    );
    expect([stdout, stderr]).toEqual(["Usage: growth-engine [options] [command]\n0\n", ""]);
  });

  it("ends quietly with closed streams", async () => {
    const { stderr } = await bash("$GE --help >&-; $GE nope 2>&- <&- || [ $? = 2 ]");
    expect(stderr).not.toContain("at ");
  });

  it("answers by its alias through a link, as npm installs it", async () => {
    const folder = temporaryFolder();
    const { stdout } = await bash(`ln -s ${cliFile()} ${join(folder, "ge")} && ./ge --version`, folder);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it("paints only on a terminal, and not under NO_COLOR or CI", () => {
    const repository = temporaryRepository({ "a.txt": "1" });
    const painted = (env: Record<string, string>) => {
      const words = ["-qec", `${node} ${cliFile()} guard --base nope`, "/dev/null"];
      const clean = { PATH: process.env.PATH, HOME: process.env.HOME, TERM: "xterm", ...env };
      const done = spawnSync("script", words, { cwd: repository.folder, env: clean });
      return done.stdout.toString().includes("\u001b[");
    };
    if (spawnSync("script", ["--version"]).status !== 0) return;
    expect(painted({})).toBe(true);
    for (const env of [{ NO_COLOR: "1" }, { CI: "true" }, { TERM: "dumb" }]) expect(painted(env)).toBe(false);
  });

  it("does not paint a pipe, whatever FORCE_COLOR says", async () => {
    const answer = await runCli(["nope"], { env: { FORCE_COLOR: "1" } });
    expect(answer.err).not.toContain("\u001b");
  });
});

describe("the command line inside git hooks", () => {
  const hook = (words: string) => `#!/bin/sh\n${node} ${cliFile()} ${words} >&2\n`;

  function withHook(name: string, words: string) {
    const repository = temporaryRepository({ "src/a.ts": "export {};\n", "sub/b.txt": "1\n" });
    repository.write(`.git/hooks/${name}`, hook(words));
    chmodSync(join(repository.folder, `.git/hooks/${name}`), 0o755);
    return repository;
  }

  it("reads the index that the commit will hold, from a sub-folder and with -a", () => {
    for (const flags of [[], ["-a"], ["sub/b.txt", "src/a.ts"]]) {
      const repository = withHook("pre-commit", "ban scan --staged");
      repository.write("src/a.ts", 'import "context7-mcp";\n');
      if (flags.length === 0) repository.git("add", "src/a.ts");
      const refused = repository.tryGit(["commit", "-m", "Ban me", ...flags]);
      expect(refused.code, refused.err).not.toBe(0);
      expect(refused.err).toContain("src/a.ts:1");
    }
  });

  it("refuses a push from a linked worktree", () => {
    const repository = withHook("pre-push", "guard ban --base main");
    const [worktree, bare] = [join(temporaryFolder(), "linked"), repository.bareClone()];
    repository.git("worktree", "add", "--quiet", "-b", "linked", worktree);
    writeFileSync(join(worktree, "src/a.ts"), 'import "context7-mcp";\n');
    repository.git("-C", worktree, "commit", "--quiet", "-am", "Ban me");
    const refused = repository.tryGit(["-C", join(worktree, "src"), "push", bare.folder, "linked"]);
    expect(refused.err).toContain("src/a.ts:1");
    expect(refused.code).not.toBe(0);
  });
});
