import { describe, expect, it } from "vitest";
import { shop } from "../harness/shop.ts";

const ASKS = { "src/main.js": `import { ask } from "context7-mcp";\nconsole.log(ask());\n` };

describe.each(["vite", "rolldown", "webpack", "esbuild"])("with %s, the plugin", (bundler) => {
  it("takes packages and levels from the config above it", async () => {
    const project = shop({ "src/main.js": `import { plain } from "evendetails";\nconsole.log(plain());\n` });
    project.write("growth-engine.json", `{ "ban": { "packages": ["even*"] } }`);
    expect((await project.build(bundler)).err).toContain("the build holds evendetails");
    const warns = `{ "ban": { "packages": ["even*"] }, "rules": { "ban/bundle": "warn" } }`;
    project.write("growth-engine.json", warns);
    const { code, out, err } = await project.build(bundler);
    expect(code, err).toBe(0);
    expect(err + out).toContain("the build holds evendetails");
    expect(project.failedBuilds()).toHaveLength(1);
  });

  it("fails the build with the mistake of a broken config", async () => {
    const project = shop({ "src/main.js": `console.log(1);\n`, "growth-engine.json": `{ "bann": {} }` });
    const { code, err } = await project.build(bundler);
    expect(code).not.toBe(0);
    expect(err).toMatch(/growth-engine\.json:1:3: unknown key "bann"/);
    expect(err).toContain(`did you mean "ban"?`);
  });

  it("in development warns, or is silent, or fails, as it was told", async () => {
    const project = shop(ASKS);
    const develop = (options: object) => {
      const env = { BUILD_MODE: "development", NODE_ENV: "development" };
      return project.build(bundler, { ...env, OPTIONS: JSON.stringify(options) });
    };
    const warned = await develop({});
    expect(warned.code, warned.err).toBe(0);
    expect(warned.err + warned.out).toContain("the build holds context7-mcp");
    const silent = await develop({ development: "off" });
    expect([silent.code, /context7/.test(silent.err + silent.out)]).toEqual([0, false]);
    expect(project.failedBuilds()).toEqual([]);
    expect((await develop({ development: "block" })).code).not.toBe(0);
  });
});

describe("the plugin", () => {
  it("refuses a mistyped option, in production too", async () => {
    for (const options of [{ development: "of" }, { developement: "off" }]) {
      const { code, err } = await shop(ASKS).build("vite", { OPTIONS: JSON.stringify(options) });
      expect(code).not.toBe(0);
      expect(err).toMatch(/known are: warn, off, block|its one option is development/);
    }
  });

  it("builds outside of a git checkout as well", async () => {
    const project = shop(ASKS);
    project.remove(".git");
    expect((await project.build("vite")).err).toContain("the build holds context7-mcp");
  });

  it("counts the failed builds of all working trees in one place", async () => {
    const project = shop(ASKS);
    project.git("worktree", "add", "--quiet", "other");
    const { code } = await project.runNode(["../build-vite.mjs"], { cwd: `${project.folder}/other` });
    expect(code).not.toBe(0);
    expect(project.failedBuilds()).toHaveLength(1);
  });
});
