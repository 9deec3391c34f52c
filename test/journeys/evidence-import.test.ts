import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  type TemporaryRepository,
  temporaryFolder,
  temporaryRepository,
} from "../harness/temporary-repository.ts";

const SESSION = "4d5611e5-241a-462a-8d15-5122611a9569";
const TOKEN = `ghp_${"abcdefghijklmnopqrstuvwxyz0123456789"}`;

type Json = Record<string, unknown>;

/** A checkout, and a home folder with logs of hosts. */
function workplace() {
  const repository = temporaryRepository();
  const home = temporaryFolder();
  const env = { HOME: home, XDG_STATE_HOME: join(home, "state"), TZ: "UTC", GROWTH_ENGINE_AGENT: "builder" };
  const run = (host: string, ...words: string[]) =>
    repository.runCli(["evidence", "import", host, ...words], { env });
  const slug = repository.folder.replace(/[^A-Za-z0-9]/g, "-");
  return { repository, home, env, run, projects: join(home, ".claude/projects", slug) };
}

function write(path: string, lines: readonly (Json | string)[]): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(
    path,
    lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"),
  );
  return path;
}

const at = (minute: number) => `2026-02-12T23:${minute}:00.000Z`;

function claude(cwd: string, more: Json = {}) {
  const entry = (minute: number, content: unknown) => ({
    sessionId: SESSION,
    cwd,
    isSidechain: false,
    timestamp: at(minute),
    message: { content },
    ...more,
  });
  return {
    use: (minute: number, id: string, name: string, input: unknown) =>
      entry(minute, [{ type: "tool_use", id, name, input }]),
    result: (minute: number, id: string, content: unknown, is_error = false) =>
      entry(minute, [{ type: "tool_result", tool_use_id: id, content, is_error }]),
  };
}

function records(repository: TemporaryRepository): { file: string; entry: Json }[] {
  const files = readdirSync(repository.folder, { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => file.endsWith(".jsonl"))
    .sort()
    .flatMap((file) =>
      readFileSync(join(repository.folder, file), "utf8")
        .trimEnd()
        .split("\n")
        .map((line) => ({ file, entry: JSON.parse(line) as Json })),
    );
}

const query = { libraryId: "/facebook/react", query: `hooks with ${TOKEN}` };

/** A session with a subagent, and the first half of a line that is being written. */
function claudeSession({ repository, projects }: ReturnType<typeof workplace>): string {
  const main = claude(repository.folder);
  const sub = claude(join(repository.folder, "src"), { isSidechain: true, agentId: "a2898e3" });
  const id = (tail: string) => `toolu_01HaEX6WGRyK8yccb6${tail}`;
  write(join(projects, SESSION, "subagents/agent-a2898e3.jsonl"), [
    sub.use(30, id("sub"), "WebFetch", { url: "https://react.dev/reference", prompt: "PROMPT" }),
    sub.result(31, id("sub"), "SECRET ANSWER"),
    main.use(10, id("one"), "mcp__context7__query-docs", query),
    main.result(11, id("one"), "as in the session"),
  ]);
  return write(join(projects, `${SESSION}.jsonl`), [
    { type: "file-history-snapshot" },
    main.use(10, id("one"), "mcp__context7__query-docs", query),
    "{ broken",
    main.result(11, id("one"), [{ type: "text", text: "SECRET ANSWER" }]),
    main.use(12, id("two"), "Edit", { file_path: join(repository.folder, "a.ts"), new_string: "CONTENT" }),
    main.result(13, id("two"), "no such file", true),
    `${JSON.stringify(main.use(14, id("three"), "Bash", { command: "npm test" }))}\n{"half`,
  ]);
}

describe("evidence import claude-code", () => {
  it("records a session and its subagents without their contents, and nothing the second time", async () => {
    const place = workplace();
    const log = claudeSession(place);
    const { code, out, err } = await place.run("claude-code");
    expect(code).toBe(0);
    expect(out).toContain("4 calls of 2 logs recorded, 1 known already");
    expect(err).toContain(`${SESSION}.jsonl:3: the line is no JSON`);
    expect(err).toContain("redacted");
    const lines = records(place.repository).map(({ entry }) => entry);
    expect(
      lines.map(({ tool, outcome, action, duration_ms }) => [tool, outcome, action, duration_ms]),
    ).toEqual([
      ["context7", "ok", "consult", 60_000],
      ["edit", "error", "edit", 60_000],
      ["shell", undefined, "run", undefined],
      ["web-fetch", "ok", "consult", 60_000],
    ]);
    expect(lines[3]).toMatchObject({ doc_ref: "https://react.dev/reference", subagent: "a2898e3" });
    expect(lines[1]).toMatchObject({
      doc_ref: "repo:a.ts",
      agent: "builder",
      recorder: { kind: "transcript" },
    });
    const text = JSON.stringify(lines);
    for (const content of ["SECRET ANSWER", "PROMPT", "CONTENT", "npm test", TOKEN])
      expect(text).not.toContain(content);
    expect((await place.repository.runCli(["evidence", "verify"])).code).toBe(0);
    const again = await place.run("claude-code");
    expect(again.out).toBe("0 calls of 2 logs recorded, 5 known already\n");
    appendFileSync(log, '"}\n');
    expect(records(place.repository)).toHaveLength(4);
  });

  it("adds only what a log grew by, waits for answers, and files calls by the local day of each", async () => {
    const place = workplace();
    const now = Date.now();
    const time = (ago: number) => new Date(now - ago).toISOString();
    const { use, result } = claude(place.repository.folder);
    const log = write(join(place.projects, `${SESSION}.jsonl`), [
      { ...use(10, "toolu_01HaEX6WGRyK8yccb6a", "Read", {}), timestamp: "2026-02-12T23:59:00Z" },
      { ...result(10, "toolu_01HaEX6WGRyK8yccb6a", "x"), timestamp: "2026-02-13T00:01:00Z" },
      { ...use(10, "toolu_01HaEX6WGRyK8yccb6b", "Read", {}), timestamp: "2026-02-13T00:02:00Z" },
      { ...result(10, "toolu_01HaEX6WGRyK8yccb6b", "x"), timestamp: "2026-02-13T00:03:00Z" },
      { ...use(10, "toolu_01HaEX6WGRyK8yccb6c", "Read", {}), timestamp: time(60_000) },
      "",
    ]);
    expect((await place.run("claude-code", "--dry-run")).out).toContain("2 calls of 1 log would be recorded");
    expect((await place.run("claude-code")).out).toContain(
      "2 calls of 1 log recorded, 1 without an answer yet",
    );
    expect(records(place.repository).map(({ file }) => file.split("/")[2])).toEqual([
      "2026-02-12",
      "2026-02-13",
    ]);
    const answer = { ...result(10, "toolu_01HaEX6WGRyK8yccb6c", "x"), timestamp: time(1_000) };
    appendFileSync(log, `${JSON.stringify(answer)}\n`);
    expect((await place.run("claude-code")).out).toContain("1 call of 1 log recorded, 2 known already");
    expect(records(place.repository).map(({ entry }) => entry.seq)).toEqual([1, 2, 3]);
  });

  it("refuses a named log of another checkout, and passes over it in a folder", async () => {
    const place = workplace();
    const { use, result } = claude("/somewhere/else");
    const log = write(join(place.home, "logs/other.jsonl"), [
      use(10, "toolu_1", "Read", {}),
      result(11, "toolu_1", ""),
    ]);
    const named = await place.run("claude-code", log);
    expect([named.code, named.err]).toMatchObject([
      2,
      expect.stringContaining("/somewhere/else, not of this checkout"),
    ]);
    const folder = await place.run("claude-code", dirname(log));
    expect(folder.code).toBe(0);
    expect(folder.err).toContain("is not this checkout");
    expect(records(place.repository)).toEqual([]);
    const nothing = await place.run("claude-code");
    expect([nothing.code, nothing.err]).toMatchObject([
      0,
      expect.stringContaining("no session of this checkout below ~"),
    ]);
  });
});

describe("evidence import codex", () => {
  it("finds the sessions of this checkout by the folder that they worked in", async () => {
    const place = workplace();
    const session = (id: string, cwd: string) => {
      const line = (minute: number, type: string, payload: Json) => ({
        timestamp: at(minute),
        type,
        payload,
      });
      return write(join(place.home, `.codex/sessions/2026/02/12/rollout-2026-02-12T23-10-00-${id}.jsonl`), [
        line(10, "session_meta", { id, cwd, cli_version: "0.116.0" }),
        line(11, "response_item", {
          type: "function_call",
          call_id: "call_0",
          name: "exec_command",
          arguments: '{"cmd":"ls"}',
        }),
        line(12, "response_item", {
          type: "function_call_output",
          call_id: "call_0",
          output: "Process exited with code 1\nOutput:\n",
        }),
        line(13, "response_item", {
          type: "function_call",
          call_id: "call_0",
          name: "mcp__docs__search",
          arguments: '{"query":"x"}',
        }),
        line(14, "response_item", { type: "function_call_output", call_id: "call_0", output: "[]" }),
      ]);
    };
    session("t-1", place.repository.folder);
    session("t-2", "/somewhere/else");
    const { code, out } = await place.run("codex", "--since", at(13), "--json");
    expect([code, JSON.parse(out)]).toMatchObject([
      0,
      { added: 1, known: 0, dry_run: false, logs: [{ session: "t-1", earlier: 1 }] },
    ]);
    expect((await place.run("codex")).out).toContain("1 call of 1 log recorded, 1 known already");
    expect(records(place.repository).map(({ entry }) => [entry.tool, entry.outcome])).toEqual([
      ["docs", undefined],
      ["shell", "error"],
    ]);
  });

  it("says what is wrong with hosts, times and agents", async () => {
    const { run, repository } = workplace();
    expect((await run("emacs")).err).toContain("evidence import claude-code|codex");
    expect((await run("codex", "--since", "yesterday")).err).toContain('--since "yesterday"');
    expect((await run("codex", "absent.jsonl")).code).toBe(2);
    const env = { GROWTH_ENGINE_AGENT: undefined };
    expect((await repository.runCli(["evidence", "import", "codex"], { env })).err).toContain("--agent");
  });
});
