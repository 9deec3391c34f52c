import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bannedPackages } from "../banned-packages.ts";
import { splitCommand } from "./split-command.ts";
import { startedPackages } from "./started-packages.ts";

const banned = bannedPackages([]);
const started = (text: string) => startedPackages(splitCommand(text), banned).map((found) => found.package);
const C7 = "context7-mcp";

describe("a command that starts a banned server", () => {
  it.each([
    "npx -y context7-mcp --port 1",
    "npx --yes context7-mcp@latest",
    "npx.cmd context7-mcp",
    "/usr/local/bin/npx context7-mcp",
    "npx -p context7-mcp some-bin",
    "npx --package=context7-mcp -- some-bin",
    "npx --registry https://r.example context7-mcp",
    "npx -p zx -c 'context7-mcp --stdio'",
    "npm exec context7-mcp",
    "npm --silent x -- context7-mcp@1",
    "npm exec --package=context7-mcp -c 'x'",
    "pnpm dlx context7-mcp",
    "pnpm -C packages/a --package context7-mcp dlx x",
    "pnpm exec context7-mcp",
    "pnpm exec -c 'npx context7-mcp'",
    "yarn dlx context7-mcp",
    "yarn context7-mcp",
    "yarn run context7-mcp",
    "bunx --bun context7-mcp",
    "bun x context7-mcp",
    "deno run -A npm:context7-mcp@1/dist/x.js",
    "node node_modules/context7-mcp/dist/index.js",
    "node --inspect ./node_modules/.bin/context7-mcp",
    "node --import context7-mcp/register server.js",
    "tsx watch ../node_modules/context7-mcp/src/index.ts",
    "./node_modules/.bin/context7-mcp",
    "node_modules\\.bin\\context7-mcp.cmd",
    "context7-mcp --transport http",
    "docker run -i --rm -e TOKEN mcp/context7:latest",
    "docker run -it ghcr.io/acme/context7-mcp@sha256:00",
    "docker run --rm node:20 npx -y context7-mcp",
    "cross-env X=1 Y=2 npx -y context7-mcp",
    "cross-env X=1 npx -y context7-mcp -- --port 1",
    "doppler run --project docs -- npx context7-mcp",
    "X=1 env Z=2 npx context7-mcp",
    "tsc && npx context7-mcp",
    "sh -c 'npx context7-mcp'",
    `bash -lc "exec npx context7-mcp"`,
    "cmd /c npx -y context7-mcp",
    `cmd.exe /d /s /c "npx -y context7-mcp"`,
    `powershell -NoProfile -Command "npx context7-mcp"`,
    `concurrently -n a,b "vite" "npx context7-mcp"`,
    "timeout 10s npx context7-mcp",
    "sudo -u app -- npx context7-mcp",
    `start "" /b npx context7-mcp`,
    "dotenv -e .env -- npx context7-mcp",
    "npx dotenv-cli -- npx context7-mcp && npx cross-env A=1 npx context7-mcp",
    "npx -y supergateway --port 1 --stdio 'npx -y context7-mcp'",
    "npx @modelcontextprotocol/inspector@latest npx -y context7-mcp",
    "growth-engine mcp proxy -- npx -y context7-mcp",
    "pm2 start npx --name docs -- -y context7-mcp",
    "pm2-runtime start 'npx -y context7-mcp'",
    "if true; then npx context7-mcp; fi",
    "echo $(npx context7-mcp)",
    "nodemon --exec 'npx context7-mcp' src",
  ])("%s", (text) => expect(started(text)).toEqual([C7]));

  it("names a scoped package", () => {
    expect(started("npx -y @upstash/context7-mcp@1.0.0")).toEqual(["@upstash/context7-mcp"]);
  });

  it("names each package of a text once", () => {
    expect(started("npx context7-mcp & npx chrome-devtools-mcp & npx context7-mcp")).toEqual([
      C7,
      "chrome-devtools-mcp",
    ]);
  });

  it("shows the command with what is not known left open", () => {
    const [found] = startedPackages([["npx", "context7-mcp", "--key", "a\uFFFC"]], banned);
    expect(found?.command).toBe("npx context7-mcp --key a…");
  });
});

describe("a command that starts none", () => {
  it.each([
    "echo context7-mcp",
    "echo 'npx context7-mcp'",
    "npx context7-mcp-helper",
    "npx some-tool context7-mcp",
    "npx -y mcp-remote https://mcp.example/context7-mcp",
    "npm install context7-mcp",
    "npm i -D context7-mcp",
    "pnpm add context7-mcp",
    "yarn add context7-mcp",
    "npm run context7-mcp",
    "node scripts/context7-mcp/index.js",
    "./bin/context7-mcp",
    "./context7-mcp",
    "node app.js context7-mcp",
    "git clone https://github.com/upstash/context7-mcp",
    "grep -r context7-mcp src",
    "docker run --name context7-mcp postgres",
    "docker pull mcp/context7",
    "# npx context7-mcp",
    "claude mcp add context7 -- npx -y context7-mcp",
  ])("%s", (text) => expect(started(text)).toEqual([]));
});

describe("any command", () => {
  const wrap = fc.constantFrom(
    (command: string) => `sh -c '${command.replaceAll("'", `'\\''`)}'`,
    (command: string) => `cross-env A=1 ${command}`,
    (command: string) => `true && ${command}`,
    (command: string) => `npx -y dotenv-cli -- ${command}`,
    (command: string) => `concurrently vite ${JSON.stringify(command).replaceAll("$", "\\$")}`,
  );

  it("is seen through wrappers in any order", () => {
    fc.assert(
      fc.property(fc.array(wrap, { maxLength: 4 }), (wraps) => {
        expect(started(wraps.reduce((text, inner) => inner(text), "npx -y context7-mcp@1"))).toEqual([C7]);
      }),
    );
  });

  it.each([
    "npx ",
    "sh -c 'x' ",
    "nodemon 'nodemon a' ",
    "env A=1 ",
    "env env a -- ",
    "concurrently 'a b' 'c d' ",
    "pm2 start ",
  ])("is read to its end when 1 MiB long: %j", (piece) =>
    expect(started(piece.repeat((1 << 20) / piece.length))).toEqual([]),
  );

  it("is read to its end when wrapped in itself many times", () => {
    let text = "x y";
    for (let depth = 0; text.length < 200_000 && depth < 12; depth += 1)
      text = `nodemon nodemon nodemon ${JSON.stringify(text)} ${JSON.stringify(`${text} z`)}`;
    expect(started(text.slice(0, 1 << 20))).toEqual([]);
  });
});
