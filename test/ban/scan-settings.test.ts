import { describe, expect, it } from "vitest";
import { judgeBan, summariseBan } from "../../src/features/ban/index.ts";
import { temporaryRepository } from "../harness/temporary-repository.ts";
import { banned, factsOf, findings, judged } from "./scan-ban.ts";

const json = (value: unknown) => JSON.stringify(value, null, 2);

describe("manifests", () => {
  it("may not list a banned package for production, whatever the name", async () => {
    const manifest = json({
      dependencies: { react: "1", "context7-mcp": "1" },
      devDependencies: { "chrome-devtools-mcp": "1" },
      optionalDependencies: { docs: "npm:@upstash/context7-mcp@^1" },
      peerDependencies: { "@shopify/dev-mcp": "*" },
    });
    expect(await judged({ "package.json": manifest })).toMatchObject([
      { rule: "ban/dependency", file: "package.json", line: 4 },
      { rule: "ban/dependency", file: "package.json", line: 10, message: expect.stringContaining("docs") },
      { rule: "ban/dependency", file: "package.json", line: 13 },
    ]);
  });

  it("of workspaces and above production code count, others do not", async () => {
    const bad = json({ dependencies: { "context7-mcp": "1" } });
    const files = {
      "package.json": json({ workspaces: ["packages/*"] }),
      "packages/a/package.json": bad,
      "examples/package.json": bad,
      "scripts/package.json": bad,
      "apps/web/package.json": bad,
      "apps/web/src/a.ts": "",
      "app/package.json": bad,
      "packages/a/node_modules/x/package.json": bad,
    };
    expect(await banned(files)).toEqual([
      "ban/dependency app/package.json",
      "ban/dependency apps/web/package.json",
      "ban/dependency packages/a/package.json",
    ]);
  });

  it("with escapes hide nothing", async () => {
    const manifest = '{ "dependencies": { "context7\\u002dmcp": "1" } }';
    expect(await findings({ "package.json": manifest })).toEqual(["ban/dependency package.json:1"]);
  });

  it("that are broken and hold a banned name are reported", async () => {
    expect(await banned({ "package.json": '{ "dependencies": { "context7-mcp": "1" ' })).toEqual([
      "ban/unparsable package.json",
    ]);
    expect(await banned({ "package.json": '{ "dependencies": ' })).toEqual([]);
  });

  it("that nest without end do not end the scan", async () => {
    const files = { "package.json": `{ "a": ${"[".repeat(200_000)} "context7-mcp"` };
    expect(await banned(files)).toEqual(["ban/unparsable package.json"]);
  });
});

describe("servers that production starts", () => {
  it("in code, in its configuration and in its scripts", async () => {
    const files = {
      "package.json": json({ scripts: { start: "npx -y context7-mcp", dev: "npx chrome-devtools-mcp" } }),
      ".mcp.json": json({ mcpServers: { a: { command: "npx", args: ["context7-mcp"] } } }),
      "app/.mcp.json": json({
        mcpServers: { a: { command: "npx", args: ["-y", "@upstash/context7-mcp@latest"] } },
      }),
      "app/a.ts":
        'import { spawn } from "node:child_process";\nspawn("npx", ["-y", "chrome-devtools-mcp"]);\n',
    };
    expect(await banned(files)).toEqual([
      "ban/spawn app/.mcp.json",
      "ban/spawn app/a.ts",
      "ban/spawn package.json",
    ]);
  });

  it("in a file that production reaches", async () => {
    const files = {
      "app/a.ts": 'import "../tools/b";\n',
      "tools/b.ts":
        'import { spawn } from "node:child_process";\nspawn("npx", ["-y", "chrome-devtools-mcp"]);\n',
      "tools/c.ts":
        'import { spawn } from "node:child_process";\nspawn("npx", ["-y", "chrome-devtools-mcp"]);\n',
    };
    expect(await judged(files)).toMatchObject([
      { rule: "ban/spawn", chain: ["app/a.ts:1", "tools/b.ts:2", "chrome-devtools-mcp"] },
    ]);
  });
});

describe("what is seen", () => {
  it("is counted, with links and submodules apart", async () => {
    const other = temporaryRepository({ "app/a.ts": 'import "context7-mcp";\n' });
    const made = temporaryRepository({ "a.ts": "", "b c.ts": "" });
    made.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other.folder, "app/sub");
    made.commit("Add a submodule");
    const facts = await factsOf(made);
    expect(facts).toMatchObject({ files: 3, submodules: 1, links: 0, imports: [] });
    expect(summariseBan(facts, judgeBan(facts))).toMatch(
      /^no banned package in production; 3 files of commit \w{7} seen, 1 submodule not looked into$/,
    );
  });

  it("on disk is what git tracks, ignored or not, and what it would add", async () => {
    const code = 'import "context7-mcp";\n';
    const made = temporaryRepository({ "app/clean.ts": "", ".gitignore": "*.gen.ts\nsecret/\n" });
    made.write("app/forced.gen.ts", code);
    made.git("add", "-f", "app/forced.gen.ts");
    made.write("app/ignored.gen.ts", code);
    made.write("app/new file.ts", code);
    made.write("app/[x].ts", code);
    const found = judgeBan(await factsOf(made, "disk")).map(({ file }) => file);
    expect(found.sort()).toEqual(["app/[x].ts", "app/forced.gen.ts", "app/new file.ts"]);
  });

  it("in the index is what would be committed", async () => {
    const made = temporaryRepository({ "app/a.ts": "" });
    made.write("app/a.ts", 'import "context7-mcp";\n');
    made.git("add", "app/a.ts");
    made.write("app/a.ts", "");
    made.write("app/b.ts", 'import "context7-mcp";\n');
    expect(judgeBan(await factsOf(made, "index")).map(({ file }) => file)).toEqual(["app/a.ts"]);
    expect(judgeBan(await factsOf(made, "disk")).map(({ file }) => file)).toEqual(["app/b.ts"]);
  });

  it("in a bare repository is the commit", async () => {
    const made = temporaryRepository({
      "app/a.ts": 'import "../lib-dev/x";\n',
      "lib-dev/x.ts": 'import "context7-mcp";\n',
    });
    const facts = await factsOf(made.bareClone());
    expect(judgeBan(facts)).toMatchObject([{ rule: "ban/transitive", file: "app/a.ts" }]);
  });

  it("on an unborn branch is the working tree", async () => {
    const made = temporaryRepository();
    expect((await factsOf(made, "disk")).files).toBe(0);
    made.write("app/a.ts", 'import "context7-mcp";\n');
    expect(judgeBan(await factsOf(made, "disk"))).toHaveLength(1);
    expect(judgeBan(await factsOf(made, "index"))).toHaveLength(0);
  });

  it("is the same on disk, in the index and in the commit, twice", async () => {
    const made = temporaryRepository({
      "app/a.ts": 'import "../scripts/b";\n',
      "scripts/b.ts": 'import "context7-mcp";\nimport "./gone";\n',
      "package.json": json({ dependencies: { "context7-mcp": "1" } }),
    });
    const texts = await Promise.all(
      (["disk", "index", "commit", "commit"] as const).map(async (where) =>
        JSON.stringify({ ...(await factsOf(made, where)), tree: "" }),
      ),
    );
    expect(new Set(texts).size).toBe(1);
  });
});

describe("the config", () => {
  it("adds names and globs and takes names off", async () => {
    const files = { "app/a.ts": 'import "@acme/dev-x";\nimport "left-pad";\nimport "context7-mcp";\n' };
    const packages = ["@acme/dev-*", "left-pad", "!context7-mcp"];
    expect(await findings(files, { packages })).toEqual(["ban/import app/a.ts:1", "ban/import app/a.ts:2"]);
  });

  it("may ban by a glob without a literal part", async () => {
    expect(await banned({ "app/a.ts": 'import "x-mcp";\n' }, { packages: ["*"] })).toEqual([
      "ban/import app/a.ts",
    ]);
  });

  it("says what is production", async () => {
    const files = { "web/a.ts": 'import "context7-mcp";\n', "app/a.ts": 'import "context7-mcp";\n' };
    expect(await banned(files, { production: ["web/**"], allow: [] })).toEqual(["ban/import web/a.ts"]);
  });
});

describe("addresses of banned packages", () => {
  const C7 = "github:upstash/context7";

  it("are dependencies under any name", async () => {
    const manifest = json({
      dependencies: {
        a: C7,
        b: "git+https://github.com/acme/context7-mcp.git",
        c: "https://registry.example.com/context7-mcp/-/context7-mcp-1.0.0.tgz",
        d: "https://github.com/Shopify/dev-mcp/archive/main.tar.gz",
      },
      devDependencies: { e: C7 },
    });
    expect((await judged({ "package.json": manifest })).map(({ rule, line }) => `${rule} ${line}`)).toEqual(
      [3, 4, 5, 6].map((line) => `ban/dependency ${line}`),
    );
  });

  it("give a name to import, to start and to address", async () => {
    const files = {
      "package.json": json({ devDependencies: { docs: C7 }, scripts: { start: `npx -y ${C7}` } }),
      "pnpm-workspace.yaml": `catalog:\n  more: ${C7}#main\n`,
      "app/a.ts": 'import "docs/x";\n',
      "app/b.ts": 'import "more";\n',
      "app/c.ts": 'import "https://esm.sh/context7-mcp@1";\nfetch("https://esm.sh/context7-mcp@1");\n',
    };
    expect(await findings(files)).toEqual([
      "ban/import app/a.ts:1",
      "ban/import app/b.ts:1",
      "ban/import app/c.ts:1",
      "ban/spawn package.json:6",
    ]);
  });

  it("in comments and texts are nothing", async () => {
    const code = '// see github:upstash/context7\nconst a = "https://github.com/upstash/context7";\n';
    expect(await banned({ "app/a.ts": code, "package.json": json({ homepage: `https://${C7}` }) })).toEqual(
      [],
    );
  });
});
