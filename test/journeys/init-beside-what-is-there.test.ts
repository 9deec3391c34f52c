import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { adopt, changesIn, NPM_FILES, onGithub, readText } from "../harness/adopting-repository.ts";
import { temporaryFolder, temporaryRepository } from "../harness/temporary-repository.ts";

describe("growth-engine init beside what is there", () => {
  it("keeps a config, a workflow and a hook of the same name, shows the difference, and replaces on demand", async () => {
    const config = '{\n  // ours\n  "rules": { "ban/spawn": "warn" }\n}\n';
    const repository = onGithub({
      ...NPM_FILES,
      "growth-engine.json": config,
      ".github/workflows/growth-engine.yml": "name: ours\n",
    });
    repository.write(".git/hooks/pre-push", "#!/bin/sh\n");
    const out = await adopt(repository, "--hook", "pre-push");
    expect(out).toContain("! yours");
    expect(out).toContain("-  // ours");
    expect(out).toContain("add this to");
    expect(out).toContain("sh .growth-engine/pre-push.sh");
    expect(readText(repository, "growth-engine.json")).toBe(config);
    expect(readText(repository, ".github/workflows/growth-engine.yml")).toBe("name: ours\n");
    expect(readText(repository, ".git/hooks/pre-push")).toBe("#!/bin/sh\n");
    await adopt(repository, "--replace", ".github/workflows/growth-engine.yml");
    expect(readText(repository, ".github/workflows/growth-engine.yml")).not.toBe("name: ours\n");
    await adopt(repository, "--undo");
    expect(changesIn(repository)).toEqual([]);
    expect(readText(repository, ".git/hooks/pre-push")).toBe("#!/bin/sh\n");
  });

  it("keeps what was edited since, in a second run and when it is undone", async () => {
    const repository = onGithub();
    await adopt(repository);
    const edited = '{ "rules": { "evidence/missing": "warn" } }\n';
    repository.write("growth-engine.json", edited);
    repository.write(".gitattributes", `# mine\n${readText(repository, ".gitattributes")}*.png binary\n`);
    const again = await adopt(repository);
    expect(again).toMatch(/yours {3}growth-engine.json +edited since init wrote it: kept/);
    const out = await adopt(repository, "--undo");
    expect(out).toMatch(/yours {3}growth-engine.json +edited since init wrote it: stays/);
    expect(readText(repository, "growth-engine.json")).toBe(edited);
    expect(readText(repository, ".gitattributes")).toBe("# mine\n*.png binary\n");
    expect(changesIn(repository)).toEqual(["?? .gitattributes", "?? growth-engine.json"]);
  });

  it("refuses a config with a mistake before it writes anything", async () => {
    const repository = onGithub({ ...NPM_FILES, "growth-engine.json": '{ "rulse": {} }' });
    const answer = await repository.runCli(["init", "--yes"]);
    expect(answer).toMatchObject({ code: 2 });
    expect(answer.err).toContain("[CONFIG_INVALID]");
    expect(changesIn(repository)).toEqual([]);
  });

  it("restores a tool that is not what its sum says, and takes files of an older version away", async () => {
    const repository = onGithub();
    await adopt(repository);
    const cli = readText(repository, ".growth-engine/cli.cjs");
    repository.write(".growth-engine/cli.cjs", "process.exit(0)\n");
    const manifest = JSON.parse(readText(repository, ".growth-engine/init.json"));
    manifest.files[".growth-engine/old.cjs"] = {
      sha256: "5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9",
    };
    repository.write(".growth-engine/init.json", JSON.stringify(manifest));
    repository.write(".growth-engine/old.cjs", "0");
    expect(await adopt(repository)).toContain(".growth-engine/cli.cjs is not what init wrote: restored");
    expect(readText(repository, ".growth-engine/cli.cjs")).toBe(cli);
    expect(existsSync(join(repository.folder, ".growth-engine/old.cjs"))).toBe(false);
  });

  it("completes a template that lacks sections", async () => {
    const repository = onGithub({
      ...NPM_FILES,
      ".github/PULL_REQUEST_TEMPLATE.md": "# What\n\n## Heartbeat\n- [ ] <2h single session\n- [ ] file\n",
    });
    await adopt(repository);
    const template = readText(repository, ".github/PULL_REQUEST_TEMPLATE.md");
    expect(template.match(/^## .*/gm)).toEqual(["## Heartbeat", "## MCP Evidence", "## Dev MCP Check"]);
    expect(existsSync(join(repository.folder, ".github/pull_request_template.md"))).toBe(false);
  });

  it.each([
    [".husky/pre-commit", ".husky/pre-push", null],
    ["lefthook.yml", null, "lefthook.yml"],
  ])("respects the hook runner of %s", async (trace, written, told) => {
    const repository = onGithub({ ...NPM_FILES, [trace]: "x\n" });
    const out = await adopt(repository, "--hook", "pre-push");
    if (written) expect(existsSync(join(repository.folder, written))).toBe(true);
    if (told) expect(out).toContain(`add this to ${told}`);
    expect(existsSync(join(repository.folder, ".git/hooks/pre-push"))).toBe(false);
  });

  it("puts the hook where core.hooksPath says, and never outside of the repository", async () => {
    const inside = onGithub();
    inside.git("config", "core.hooksPath", "tools/hooks");
    await adopt(inside, "--hook", "pre-push");
    expect(readText(inside, "tools/hooks/pre-push")).toContain(".growth-engine/pre-push.sh");
    const outside = onGithub();
    const folder = temporaryFolder();
    outside.git("config", "core.hooksPath", folder);
    expect(await adopt(outside, "--hook", "pre-push")).toContain(`add this to ${folder}/pre-push`);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("writes a hook that refuses a push of what the guards refuse", async () => {
    const repository = temporaryRepository(NPM_FILES);
    await adopt(repository, "--forge", "other", "--hook", "pre-push");
    repository.commit("Adopt");
    const bare = repository.bareClone();
    repository.git("remote", "add", "origin", bare.folder);
    expect(repository.tryGit(["push", "origin", "main"]).code).toBe(0);
    repository.branch("work");
    repository.write("src/cart.ts", 'import "context7-mcp";\n');
    repository.commit("Ban me");
    const refused = repository.tryGit(["push", "origin", "work"]);
    expect(refused.err).toContain("ban/import  src/cart.ts:1");
    expect(refused.code).not.toBe(0);
  });
});
