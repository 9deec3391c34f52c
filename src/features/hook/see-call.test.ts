import { describe, expect, it } from "vitest";
import { temporaryRepository } from "../../../test/harness/temporary-repository.ts";
import { describeBuiltIn, programOf } from "./built-in.ts";
import { HOSTS } from "./hosts.ts";
import type { HostCall } from "./read-payload.ts";
import { seeCall } from "./see-call.ts";

const around = { root: "/r", folder: "/r/sub", env: { HOME: "/nobody" } };
const told = (more: Partial<HostCall>): HostCall => ({
  tool: "Read",
  server: null,
  builtIn: "read",
  input: {},
  output: undefined,
  outcome: "ok",
  durationMs: undefined,
  id: undefined,
  subagent: undefined,
  ...more,
});

describe("describeBuiltIn", () => {
  const describeOf = (what: Parameters<typeof describeBuiltIn>[0], input: unknown) =>
    describeBuiltIn(what, { tool: "T", input, ...around });

  it.each([
    ["edit", { file_path: "/r/src/a.ts", old_string: "secret" }, "repo:src/a.ts", "edit"],
    ["edit", { path: "a.ts" }, "repo:sub/a.ts", "edit"],
    ["edit", { file_path: "/etc/passwd" }, "tool:edit", "edit"],
    ["read", { file_path: "/r/src/a.ts" }, "repo:src/a.ts", "other"],
    ["read", { file_path: "/r/README.md" }, "repo:README.md", "other"],
    ["read", { file_path: "/r/docs/setup.md" }, "repo:docs/setup.md", "consult"],
    ["read", { file_path: "/r/node_modules/x/README.md" }, "repo:node_modules/x/README.md", "consult"],
    ["shell", { command: "npm test -- --token=abc" }, "repo:.", "run"],
    ["web-fetch", { url: "https://example.com/a" }, "https://example.com/a", "consult"],
    ["web-fetch", { prompt: "read https://example.com/b please" }, "https://example.com/b", "consult"],
    ["web-search", { query: "react hooks" }, "tool:web-search", "consult"],
    ["repo-search", { pattern: "password=.*" }, "tool:repo-search", "other"],
    ["other", "text", "tool:T", "other"],
  ] as const)("says of %s %j: %s, %s", (what, input, docRef, action) => {
    expect(describeOf(what, input)).toMatchObject({ docRef, action });
  });

  it("names the files of a patch", () => {
    const command =
      "*** Begin Patch\n*** Add File: a.ts\n+x\n*** Update File: b.ts\n*** Move to: c.ts\n*** End Patch";
    expect(describeOf("edit", { command }).files).toEqual(["sub/a.ts", "sub/b.ts", "sub/c.ts"]);
  });

  it.each([
    ["npm test -- --secret=abc", "npm test"],
    ["TOKEN=abc FOO=1 /usr/bin/npm run build", "npm run"],
    ["curl -H 'Authorization: Bearer abc' x", "curl"],
    ["git push https://user:pw@host", "git push"],
    ["ghp_0123456789:x", "a command"],
    ["$(cat key)", "a command"],
    ["", "a command"],
  ])("says of %j the program alone: %s", (command, said) => {
    expect(programOf(command)).toBe(said);
  });
});

describe("seeCall", () => {
  it("finds the server in the joined names of Copilot CLI", () => {
    const { folder } = temporaryRepository({
      ".mcp.json": '{"mcpServers":{"chrome-devtools":{},"chrome":{}}}',
    });
    const see = (tool: string) =>
      seeCall(HOSTS["copilot-cli"], told({ tool, builtIn: "other" }), { ...around, root: folder }, 0);
    expect(see("chrome-devtools-click")).toMatchObject({ tool: "chrome-devtools", more: { call: "click" } });
    expect(see("context7-query-docs")).toMatchObject({ tool: "context7", more: { call: "query-docs" } });
    expect(see("report")).toMatchObject({ tool: "report", action: "other" });
  });

  it("names built-in tools by what they do, with the host's name beside it", () => {
    const input = { file_path: "/r/a.ts" };
    expect(
      seeCall(HOSTS["claude-code"], told({ tool: "Write", builtIn: "edit", input }), around, 0),
    ).toMatchObject({
      tool: "edit",
      docRef: "repo:a.ts",
      more: { call: "Write" },
    });
  });
});
