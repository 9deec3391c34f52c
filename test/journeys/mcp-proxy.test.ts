import { describe, expect, it } from "vitest";
import { cliFile } from "../harness/cli-file.ts";
import { GENERATIONS } from "../harness/mcp-clients.ts";
import { direct, linesOf, proxied, registryServer } from "../harness/mcp-proxied.ts";
import { EVERYTHING, SECRET } from "../harness/mcp-script.ts";
import { type Script, transcribe } from "../harness/mcp-transcript.ts";
import { temporaryRepository } from "../harness/temporary-repository.ts";

describe("growth-engine mcp proxy", () => {
  it.each(GENERATIONS)("is not to be told from the server itself by a client of %s", async (generation) => {
    const { folder } = temporaryRepository({ "README.md": "# A\n" });
    const server = registryServer("everything", "stdio");
    const [alone, behind] = await Promise.all([
      transcribe(direct(server, folder), generation, EVERYTHING),
      transcribe(proxied(server, folder), generation, EVERYTHING),
    ]);
    expect(alone.length).toBeGreaterThan(30);
    expect(behind).toEqual(alone);
    const lines = linesOf(folder);
    expect(lines.filter(({ call }) => call === "echo")).toEqual([
      expect.objectContaining({ tool: "everything", outcome: "ok", agent: "ada", action: "consult" }),
    ]);
    expect(lines.find(({ call }) => call === "get-sum")).toMatchObject({ outcome: "error" });
    expect(JSON.stringify(lines)).not.toContain(SECRET);
  });

  it("passes the stateless generation of the protocol, and its calls are recorded too", async () => {
    const { folder } = temporaryRepository({ "README.md": "# A\n" });
    const server = [process.execPath, cliFile(), "mcp", "serve"];
    const script: Script = (client) => [
      () => client.listTools(),
      () => client.callTool({ name: "heartbeat_status", arguments: {} }),
      () => client.callTool({ name: "evidence_list", arguments: { agent: "nobody" } }),
    ];
    const alone = await transcribe(direct(server, folder), "2026-07-28", script);
    const behind = await transcribe(proxied(server, folder), "2026-07-28", script);
    expect(alone.at(-1)).toContain('"io.modelcontextprotocol/protocolVersion":"2026-07-28"');
    expect(behind).toEqual(alone);
    expect(linesOf(folder).map(({ call }) => call)).toEqual(["heartbeat_status", "evidence_list"]);
  });

  it("says what file was read, and where files were changed that no documentation was consulted", async () => {
    const { folder } = temporaryRepository({ "docs/a.md": "# A\n" });
    const server = registryServer("filesystem", folder);
    const script: Script = (client) => [
      () => client.callTool({ name: "read_text_file", arguments: { path: `${folder}/docs/a.md` } }),
      () => client.callTool({ name: "write_file", arguments: { path: `${folder}/b.txt`, content: "b" } }),
      () => client.callTool({ name: "read_text_file", arguments: { path: "/etc/passwd" } }),
    ];
    const alone = await transcribe(direct(server, folder), "2025-11-25", script);
    expect(await transcribe(proxied(server, folder), "2025-11-25", script)).toEqual(alone);
    expect(linesOf(folder)).toMatchObject([
      { tool: "filesystem", doc_ref: "repo:docs/a.md", action: "consult", outcome: "ok", seq: 1 },
      { tool: "filesystem", doc_ref: "repo:b.txt", action: "edit", outcome: "ok", seq: 2 },
      { tool: "filesystem", action: "consult", outcome: "error", seq: 3 },
    ]);
  });
});
