import { describe, expect, it } from "vitest";
import { tellCall } from "./host-tools.ts";
import type { LoggedCall } from "./logged-call.ts";

const told = (tool: string, input: unknown, more: Partial<LoggedCall> = {}) =>
  tellCall({ id: "c", tool, input, at: 0, ...more }, "/w");

describe("tellCall", () => {
  it("names MCP calls by their server, and keeps the called tool", () => {
    expect(told("query-docs", { query: "hooks" }, { server: "docs", subagent: "a1" })).toMatchObject({
      tool: "docs",
      action: "consult",
      docRef: "mcp://docs/query-docs",
      more: { call: "query-docs", subagent: "a1" },
    });
  });

  it("says of a command which program ran, and none of its arguments", () => {
    const command = "TOKEN=abc /usr/bin/curl -H 'x: s3cret' https://example.com";
    const { purpose, action } = told("Bash", { command });
    expect([purpose, action]).toEqual(["Bash: curl", "run"]);
    expect(told("shell", { command: ["bash", "-lc", "npm test -- --token x"] }).purpose).toBe("shell: npm");
    expect(told("exec_command", { cmd: "git push" }).purpose).toBe("exec_command: git");
    expect(told("exec", "await tools.x({secret: 1})").purpose).toBe("exec");
  });

  it("names every file that a patch changes, by whichever tool, and none outside of the checkout", () => {
    const patch =
      "*** Begin Patch\n*** Update File: src/a.ts\n@@\n+x\n*** Add File: /w/b.ts\n*** Delete File: ../c\n*** End Patch";
    const both = { tool: "edit", action: "edit", docRef: "repo:src/a.ts" };
    expect(told("apply_patch", patch)).toMatchObject({
      ...both,
      more: { files: ["repo:src/a.ts", "repo:b.ts"] },
    });
    expect(told("shell", { command: ["apply_patch", patch] })).toMatchObject(both);
    expect(told("apply_patch", {}, { paths: ["/w/d.ts"] })).toMatchObject({ ...both, docRef: "repo:d.ts" });
  });

  it.each([
    ["Read", "/w/src/a.ts", "read", "other"],
    ["Read", "/w/README.md", "read", "other"],
    ["Read", "/w/docs/api.md", "read", "consult"],
    ["Grep", "/w/docs", "repo-search", "other"],
  ])("takes a look around for no consultation: %s %s", (name, file_path, tool, action) => {
    expect(told(name, { file_path })).toMatchObject({ tool, action });
  });

  it("calls what it does not know by its own name, and no consultation", () => {
    expect(told("SpawnAgent", {})).toMatchObject({ tool: "spawn-agent", action: "other" });
    expect(told("constructor", null)).toMatchObject({ tool: "constructor", action: "other" });
  });
});
