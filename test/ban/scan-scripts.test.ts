import { describe, expect, it } from "vitest";
import { banned, chains, findings } from "./scan-ban.ts";

const json = (value: unknown) => JSON.stringify(value, null, 2);
const NPX = "#!/bin/sh\nset -e\nnpx -y context7-mcp\n";
const BAD = 'require("context7-mcp");\n';

describe("a script of production that starts a banned server", () => {
  it.each([
    ["app/run.sh", "npx -y context7-mcp", 1],
    ["app/run.bash", "cd x && pnpm dlx @upstash/context7-mcp@latest --port 1", 1],
    ["app/run", "#!/usr/bin/env bash\n\nexec yarn dlx context7-mcp", 3],
    ["app/run.sh", "if true; then\n  bunx context7-mcp &\nfi", 2],
    ["app/run.sh", "start() {\n  npx \\\n    context7-mcp\n}", 2],
    ["app/run.sh", "PKG=context7-mcp\nnpx -y $PKG", 2],
    ["app/run.sh", 'export CMD="npx -y context7-mcp"\n$CMD --port 1', 2],
    ["app/run.sh", 'CMD="npx context7-mcp"\neval "$CMD"', 2],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a shell
    ["app/run.sh", "npx ${PKG:-context7-mcp}", 1],
    ["app/run.sh", "case $1 in\n  docs) npx context7-mcp ;;\nesac", 2],
    ["app/run.sh", "bash <<END\nnpx context7-mcp\nEND", 2],
    ["app/run.sh", "npx github:upstash/context7", 1],
    ["app/run.cmd", "@echo off\r\n@call npx context7-mcp\r\n", 2],
    ["app/run.ps1", "& npx context7-mcp", 1],
    ["app/Dockerfile", 'FROM node\nCMD ["npx", "-y", "context7-mcp"]', 2],
    ["app/Dockerfile", "FROM node\nENTRYPOINT npx -y context7-mcp", 2],
    ["app/Dockerfile", "FROM node\nRUN --mount=type=cache a \\\n  # why\n  && npx context7-mcp", 4],
    ["app/Dockerfile", "FROM node\nRUN <<END\nls\nnpx context7-mcp\nEND", 4],
    ["Dockerfile", "FROM node AS dev\nCMD npx context7-mcp", 2],
    ["web.Dockerfile", "FROM node\nHEALTHCHECK --interval=1s CMD npx context7-mcp", 2],
    ["Procfile", "# x\nweb: node a.js\nmcp: npx context7-mcp", 3],
  ])("%s: %s", async (path, text, line) => {
    expect(await findings({ [path]: `${text}\n` })).toEqual([`ban/spawn ${path}:${line}`]);
  });

  it.each([
    ["app/run.sh", "# npx context7-mcp"],
    ["app/run.sh", 'usage="npx context7-mcp"\necho "$usage"'],
    ["app/run.sh", 'echo "npx context7-mcp is banned"'],
    ["app/run.sh", "cat <<'END' > help.txt\nnpx context7-mcp\nEND"],
    ["app/run.sh", "npm uninstall context7-mcp"],
    ["app/run.sh", "if grep -q context7-mcp package.json; then exit 1; fi"],
    ["app/run.sh", "npx context7-mcp-tools"],
    ["app/run.sh", "curl https://context7-mcp.fly.dev"],
    ["app/run.cmd", "REM npx context7-mcp"],
    ["tools/run.sh", "npx context7-mcp"],
    ["scripts/run.sh", "npx context7-mcp"],
    ["app/Dockerfile", "FROM node AS dev\nCMD npx context7-mcp\nFROM node\nCMD node a.js"],
    ["app/Dockerfile", 'FROM node\n# RUN npx context7-mcp\nLABEL x="npx context7-mcp"'],
    ["Dockerfile.dev", "FROM node\nCMD npx context7-mcp"],
    [".devcontainer/Dockerfile", "FROM node\nCMD npx context7-mcp"],
    ["Procfile.dev", "mcp: npx context7-mcp"],
  ])("is not %s: %s", async (path, text) => {
    expect(await findings({ [path]: `${text}\n` })).toEqual([]);
  });
});

describe("a file that production runs", () => {
  it("is a script that a script of its manifest runs, with the commands on the way", async () => {
    const files = {
      "package.json": json({ scripts: { dev: "sh tools/dev.sh", start: "cross-env A=1 sh ./tools/run.sh" } }),
      "tools/run.sh": "cd tools\n. ./deep/inner.sh\n",
      "tools/deep/inner.sh": NPX,
      "tools/dev.sh": NPX,
    };
    expect(await chains(files)).toEqual([
      "ban/spawn package.json:4 → tools/run.sh:2 → tools/deep/inner.sh:3 → context7-mcp",
    ]);
  });

  it.each([
    ["start", "node tools/bad.js"],
    ["start", "node --enable-source-maps tools/bad"],
    ["postinstall", "node ./tools/bad.js --quiet"],
    ["prestart", "tsx tools/bad.js"],
    ["start", "npm run serve"],
    ["start", "node -r ./tools/bad.js app.js"],
    ["start", "pm2-runtime start tools/bad.js"],
    ["start:prod", "NODE_ENV=production node tools/bad.js"],
  ])("is code that %s: %s", async (name, script) => {
    const files = {
      "package.json": json({ scripts: { [name]: script, serve: "node tools/bad.js" } }),
      "tools/bad.js": BAD,
    };
    expect(await chains(files)).toEqual(["ban/transitive package.json:3 → tools/bad.js:1 → context7-mcp"]);
  });

  it("leads on through its imports", async () => {
    const files = {
      "package.json": json({ scripts: { start: "node server.js" } }),
      "server.js": '\nimport "./tools/bad.js";\n',
      "tools/bad.js": BAD,
    };
    expect(await chains(files)).toEqual([
      "ban/transitive package.json:3 → server.js:2 → tools/bad.js:1 → context7-mcp",
    ]);
  });

  it("is what an image or a script of production runs", async () => {
    const files = {
      Dockerfile: 'FROM node\nCMD ["node", "server.js"]\n',
      "server.js": BAD,
      "app/run.sh": "node ../tools/bad.js\n",
      "tools/bad.js": BAD,
    };
    expect(await chains(files)).toEqual([
      "ban/transitive Dockerfile:2 → server.js:1 → context7-mcp",
      "ban/transitive app/run.sh:1 → tools/bad.js:1 → context7-mcp",
    ]);
  });

  it("is none that other scripts run, that is not there, or that lies outside", async () => {
    const files = {
      "package.json": json({
        scripts: { dev: "node tools/bad.js", start: "node ../../tools/bad.js && node gone.js && node $X" },
      }),
      "tools/bad.js": BAD,
      "tools/run.sh": "node bad.js\n",
      "examples/package.json": json({ scripts: { start: "node bad.js" } }),
      "examples/bad.js": BAD,
    };
    expect(await banned(files)).toEqual([]);
  });

  it("does not matter where entries say what production is", async () => {
    const files = {
      "package.json": json({ scripts: { start: "node tools/bad.js" } }),
      "tools/bad.js": BAD,
      "src/main.ts": "",
    };
    expect(await banned(files, { entries: ["src/main.ts"] })).toEqual([]);
  });

  it("comes to an end where scripts run each other", async () => {
    const files = {
      "package.json": json({ scripts: { start: "sh a.sh" } }),
      "a.sh": "sh b.sh\n",
      "b.sh": "sh a.sh\nsh b.sh\nnpx context7-mcp\n",
    };
    expect(await chains(files)).toEqual(["ban/spawn package.json:3 → a.sh:1 → b.sh:3 → context7-mcp"]);
  });
});
