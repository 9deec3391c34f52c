import { describe, expect, it } from "vitest";
import { BUILD_SCRIPTS } from "../harness/build-scripts.ts";
import { shop } from "../harness/shop.ts";

describe.each(Object.keys(BUILD_SCRIPTS))("a production build of %s", (bundler) => {
  it("passes without a word where nothing is banned, whatever is mentioned", async () => {
    const main = `// context7-mcp\nimport { plain } from "evendetails";\nconsole.log(plain(), "context7-mcp");\n`;
    const project = shop({ "src/main.js": main });
    const { code, out, err } = await project.build(bundler);
    expect(code, err).toBe(0);
    expect(out + err).not.toContain("growth-engine");
    expect(project.written()).not.toEqual([]);
    expect(project.failedBuilds()).toEqual([]);
  });

  it("fails with the chain of importers through a re-export, and the mend", async () => {
    const project = shop({
      "src/main.js": `import { ask } from "./lib/index.js";\n\nconsole.log(ask());\n`,
      "src/lib/index.js": `export * from "./lib.js";\n`,
      "src/lib/lib.js": `\nexport { ask } from "context7-mcp";\nexport const price = 3;\n`,
    });
    const { code, out, err } = await project.build(bundler);
    expect(code, out).not.toBe(0);
    expect(err).toContain("ban/bundle");
    expect(err).toContain(
      "the build holds context7-mcp: production reaches src/lib/lib.js, which imports it",
    );
    const steps = ["src/main.js:1", "└─ src/lib/index.js:1", "└─ src/lib/lib.js:2", "└─ context7-mcp"];
    for (const step of steps) expect(err).toContain(step);
    expect(err).toContain("mend: cut one link of the chain, such as the import at src/main.js:1");
    const chain = ["src/main.js:1", "src/lib/index.js:1", "src/lib/lib.js:2", "context7-mcp"];
    expect(project.failedBuilds()).toMatchObject([
      {
        bundler,
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
        findings: [{ package: "context7-mcp", chain }],
      },
    ]);
    // esbuild has written its files before a plugin may judge them.
    if (bundler !== "esbuild") expect(project.written()).toEqual([]);
  });

  it("fails for a subpath and for an npm alias that is imported when it runs", async () => {
    const main = `import { ask } from "context7-mcp/sub";\nconsole.log(ask());\nimport("docs").then(console.log);\n`;
    const project = shop({ "src/main.js": main });
    const { code, err } = await project.build(bundler);
    expect(code).not.toBe(0);
    expect(err).toContain("the build holds context7-mcp: src/main.js is production and imports it");
    expect(err).toContain("the build holds @upstash/context7-mcp: src/main.js is production and imports it");
    const chains = project.failedBuilds().flatMap(({ findings }) => findings.map(({ chain }) => chain));
    expect(chains.sort()).toEqual([
      ["src/main.js:1", "context7-mcp"],
      ["src/main.js:3", "@upstash/context7-mcp"],
    ]);
  });

  it.each(["context7-mcp", "docs"])(
    "fails for an import of %s that is left out of the bundle",
    async (name) => {
      const project = shop({ "src/main.js": `import * as all from "${name}";\nconsole.log(all);\n` });
      const { code, err } = await project.build(bundler, { EXTERNAL: name });
      expect(code).not.toBe(0);
      expect(err).toMatch(/the build loads (@upstash\/)?context7-mcp when it runs/);
    },
  );

  it("passes when the bundler dropped what nobody uses", async () => {
    const project = shop({
      "src/main.js": `import { price } from "./lib.js";\nconsole.log(price);\n`,
      "src/lib.js": `export { ask } from "context7-mcp";\nexport const price = 3;\n`,
    });
    const manifest = { name: "context7-mcp", type: "module", sideEffects: false, exports: "./index.js" };
    project.write("node_modules/context7-mcp/package.json", JSON.stringify(manifest));
    const { code, err } = await project.build(bundler);
    expect(code, err).toBe(0);
  });
});
