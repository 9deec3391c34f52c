import { describe, expect, it } from "vitest";
import { banned } from "./scan-ban.ts";

const BAD = 'export * from "context7-mcp";\n';

describe("a name that is not written where it is used is found", () => {
  it.each([
    ["in eval", `eval("require('context7-mcp')");`],
    ["in an indirect eval", `(0, eval)("import('context7-mcp')");`],
    ["in a function made of text", `new Function("a", "return import('context7-mcp')")();`],
    ["in a text for vm", `vm.runInThisContext("require('context7-mcp')");`],
    ["in a script of vm", `const code = "require('context7-mcp')";\nnew vm.Script(code);`],
    ["in a text for a worker", `new Worker("require('context7-mcp')", { eval: true });`],
    ["in a text that runs a text", `eval('eval("require(\\'context7-mcp\\')")');`],
    ["raw", "import(String.raw`context7-mcp`);"],
    ["in a list", 'const [name] = ["context7-mcp"];\nimport(name);'],
    ["at a place of a list", 'const NAMES = ["x", "context7-mcp"];\nimport(NAMES[1]);'],
    ["in a list that is mapped", '["x", "context7-mcp"].map((name) => import(name));'],
    ["in a list that is handed to a loader", '["x", "context7-mcp"].forEach(require);'],
    ["in a loop", 'const NAMES = ["context7-mcp"];\nfor (const name of NAMES) require(name);'],
    ["in an enumeration", 'enum Names { Docs = "context7-mcp" }\nimport(Names.Docs);'],
    ["in a static member", 'class Names { static docs = "context7-mcp"; }\nimport(Names.docs);'],
    ["as an answer", 'function name() { return "context7-mcp"; }\nimport(name());'],
    ["as an arrow's answer", 'const name = () => "context7-mcp";\nimport(name());'],
  ])("%s", async (_, code) => {
    expect(await banned({ "app/a.ts": `${code}\n` })).toEqual(["ban/import app/a.ts"]);
  });

  it.each([
    ["a.vue", "<template><X :c=\"() => import('context7-mcp')\"/></template>"],
    ["a.vue", "<template><p>{{ import('context7-mcp') }}</p></template>"],
    ["a.vue", "<template><img :src=\"require('context7-mcp/x.png')\"/></template>"],
    ["a.mdx", '# T\n\n{await import("context7-mcp")}'],
    ["a.astro", '---\n---\n<p a="}">{await import("context7-mcp")}</p>'],
    ["a.html", "<button onclick=\"import('context7-mcp')\">x</button>"],
    ["a.html", '<script type="module">import "https://esm.sh/context7-mcp";</script>'],
    ["a.es6", 'import "context7-mcp";'],
  ])("in %s: %s", async (file, text) => {
    expect(await banned({ [`app/${file}`]: `${text}\n` })).toEqual([`ban/import app/${file}`]);
  });

  it.each([
    ["a name in an override", { overrides: { docs: { ".": "npm:context7-mcp@1" } } }],
    ["a patched package", { devDependencies: { docs: "patch:context7-mcp@npm%3A1.0.0#./x.patch" } }],
  ])("by %s", async (_, manifest) => {
    const files = { "package.json": JSON.stringify(manifest), "app/a.ts": 'import "docs";\n' };
    expect(await banned(files)).toEqual(["ban/import app/a.ts"]);
  });

  it.each([
    ["fork", 'import { fork } from "child_process";\nfork("./tools/bad.ts");'],
    ["fork of a joined path", 'cp.fork(path.join(__dirname, "../tools/bad.ts"));'],
    ["a worker", 'new Worker("./tools/bad.ts");'],
  ])("behind %s", async (_, code) => {
    expect(await banned({ "app/a.ts": `${code}\n`, "tools/bad.ts": BAD })).toEqual([
      "ban/transitive app/a.ts",
    ]);
  });

  it("as the program of a command", async () => {
    const manifest = JSON.stringify({ scripts: { start: `node -e "require('context7-mcp')"` } });
    expect(await banned({ "package.json": manifest })).toEqual(["ban/spawn package.json"]);
  });
});

describe("what only shows a name is nothing", () => {
  it.each([
    ["a.ts", 'eval("see context7-mcp for more");\nnew Function("name", "return name")("context7-mcp");'],
    ["a.ts", 'const text = `import "context7-mcp"; require("context7-mcp")`;'],
    ["a.ts", 'import text from "../tools/bad.ts" with { type: "text" };'],
    ["a.ts", 'class Worker {}\nnew Worker("./tools/bad.ts");'],
    ["a.ts", 'function fork(path) {}\nfork("./tools/bad.ts");'],
    ["a.ts", 'const name = () => { if (a) return "x"; };\nimport(name("context7-mcp"));'],
    ["a.tsx", 'export const A = () => <p>import "context7-mcp" require("context7-mcp")</p>;'],
    ["a.vue", "<template><p>import('context7-mcp') is banned</p></template>"],
    ["a.mdx", '# T\n\n```js\n\nimport x from "context7-mcp"\n\n```\n\nNot `{import("context7-mcp")}`.'],
    ["a.html", '<pre>import("context7-mcp")</pre>'],
  ])("in %s: %s", async (file, text) => {
    expect(await banned({ [`app/${file}`]: `${text}\n`, "tools/bad.ts": BAD })).toEqual([]);
  });
});
