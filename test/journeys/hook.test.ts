import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { cliFile } from "../harness/cli-file.ts";
import { runNode, temporaryFolder, temporaryRepository } from "../harness/temporary-repository.ts";

const HOOK = join(dirname(cliFile()), "hook.cjs");
const STATE = temporaryFolder();

interface Told {
  env?: Record<string, string | undefined>;
  cwd?: string;
  words?: string[];
}

/** Runs the built hook as a host would: with a payload on standard input. */
function tell(cwd: string, payload: unknown, { env = {}, words = [HOOK, "claude-code"] }: Told = {}) {
  const input = typeof payload === "string" ? payload : JSON.stringify(payload);
  return runNode(words, { cwd, input, env: { XDG_STATE_HOME: STATE, GROWTH_ENGINE_AGENT: "ada", ...env } });
}

const call = (id: string, more: Record<string, unknown> = {}) => ({
  session_id: "s1",
  hook_event_name: "PostToolUse",
  tool_name: "mcp__context7__query-docs",
  tool_input: { query: "hooks", token: "very-secret-value" },
  tool_response: { content: "an-answer-of-the-tool" },
  tool_use_id: id,
  ...more,
});

function linesBelow(root: string, part: string): string[] {
  const folder = join(root, "artifacts");
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (path) => path.includes(part) && /json$|jsonl$/.test(path),
  );
  return files.flatMap((path) => {
    const text = readFileSync(join(folder, path), "utf8");
    expect(text.endsWith("\n")).toBe(true);
    return text.trimEnd().split("\n");
  });
}

const unrecorded = (root: string) =>
  readFileSync(join(root, ".git/growth-engine/unrecorded.jsonl"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).reason as string);

const SILENT = { code: 0, out: "" };

describe("growth-engine hook", () => {
  it("records a session: calls without what they held, and when work went on or waited", async () => {
    const { folder } = temporaryRepository({ "README.md": "# A\n" });
    const say = (payload: Record<string, unknown>) =>
      tell(folder, payload, { env: { GROWTH_ENGINE_TASK: "ENG-1" } });
    const session = { session_id: "s1", cwd: folder };
    for (const payload of [
      { ...session, hook_event_name: "SessionStart", source: "startup" },
      call("one"),
      call("two", {
        tool_name: "Edit",
        tool_input: { file_path: join(folder, "a.ts"), new_string: "very-secret-value" },
      }),
      { ...session, hook_event_name: "Stop" },
      { ...session, hook_event_name: "SessionEnd", reason: "other" },
    ])
      expect(await say(payload)).toEqual({ ...SILENT, err: "" });
    const lines = linesBelow(folder, "mcp");
    expect(lines.join()).not.toMatch(/very-secret-value|an-answer-of-the-tool/);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      {
        tool: "context7",
        call: "query-docs",
        action: "consult",
        task: "ENG-1",
        agent: "ada",
        request_id: "one",
      },
      {
        tool: "edit",
        doc_ref: "repo:a.ts",
        action: "edit",
        seq: 2,
        recorder: { kind: "hook", name: "claude-code" },
      },
    ]);
    const beats = linesBelow(folder, "heartbeat").map((line) => JSON.parse(line));
    expect(beats.map(({ status, progress }) => [status, progress])).toEqual([
      ["doing", undefined],
      ["blocked", "waits for its person"],
      ["blocked", "the session ended"],
    ]);
  });

  it("appends 64 whole, chained lines for 64 hooks at once", async () => {
    const { folder } = temporaryRepository({ "README.md": "# A\n" });
    const ids = Array.from({ length: 64 }, (_, index) => `call-${index}`);
    const env = { GROWTH_ENGINE_TASK: "ENG-1" };
    const answers = await Promise.all(ids.map((id) => tell(folder, call(id), { env })));
    expect(answers.filter(({ code, out, err }) => code !== 0 || out + err !== "")).toEqual([]);
    const lines = linesBelow(folder, "mcp");
    const read = lines.map((line) => JSON.parse(line));
    expect(read.map(({ request_id }) => request_id).toSorted()).toEqual(ids.toSorted());
    expect(read.map(({ seq }) => seq)).toEqual(ids.map((_, index) => index + 1));
    const sums = lines.map((line) => createHash("sha256").update(line).digest("hex"));
    expect(read.map(({ prev }) => prev)).toEqual([undefined, ...sums.slice(0, -1)]);
    const times = linesBelow(folder, "heartbeat").map((line) => JSON.parse(line).timestamp);
    expect(times.length).toBeLessThan(4);
    expect(times).toEqual(times.toSorted());
  });

  it("says and counts what it cannot record, and never fails", async () => {
    const { folder } = temporaryRepository({ "README.md": "# A\n" });
    for (const payload of [
      "",
      "nonsense",
      "[1]",
      '{"hook_event_name":"Unheard"}',
      `{"a":"${"x".repeat(1 << 20)}`,
    ]) {
      const answer = await tell(folder, payload);
      expect(answer).toMatchObject(SILENT);
      expect(answer.err).toMatch(/^growth-engine hook: not recorded: /);
    }
    expect(unrecorded(folder)).toEqual([
      "the payload is empty",
      "the payload is no JSON object",
      "the payload is no JSON object",
      "the payload names no event that is known here",
      "the payload is no JSON object",
    ]);
    expect(linesBelow(folder, "")).toEqual([]);
  });

  it("counts a call whose line cannot be written", async () => {
    const { folder } = temporaryRepository({ "README.md": "# A\n" });
    writeFileSync(join(folder, "artifacts"), "in the way");
    expect(await tell(folder, call("one"))).toMatchObject(SILENT);
    expect(unrecorded(folder)).toHaveLength(1);
  });

  it("leaves a folder that is no checkout alone, and a host that it does not know", async () => {
    const folder = temporaryFolder();
    const outside = await tell(folder, call("one", { cwd: folder }));
    expect(outside).toMatchObject(SILENT);
    expect(outside.err).toContain("in no git checkout");
    expect(readdirSync(folder)).toEqual([]);
    const stranger = await tell(folder, "{}", { words: [HOOK, "vim"] });
    expect(stranger).toMatchObject({
      code: 0,
      out: "",
      err: expect.stringContaining("hosts are claude-code"),
    });
  });

  it("takes a payload of 10 MB, and works below the top and by the name of the command line", async () => {
    const { folder } = temporaryRepository({ "sub/README.md": "# A\n" });
    const payload = call("big", {
      cwd: join(folder, "sub"),
      tool_response: { content: "y".repeat(10 << 20) },
    });
    const words = [cliFile(), "hook", "claude-code"];
    expect(await tell(temporaryFolder(), payload, { words })).toEqual({ ...SILENT, err: "" });
    expect(linesBelow(folder, "mcp")).toHaveLength(1);
  });

  /** What the hook leaves with while its host keeps the pipe open: a code, or a signal. */
  async function tellAndHold(folder: string, parts: readonly string[]) {
    const env = { ...process.env, XDG_STATE_HOME: STATE, GROWTH_ENGINE_AGENT: "ada" };
    const hook = spawn(process.execPath, [HOOK, "claude-code"], { cwd: folder, env });
    const left = new Promise((resolve) => hook.on("close", (code, signal) => resolve(code ?? signal)));
    for (const part of parts) {
      hook.stdin.write(part);
      await wait(200);
    }
    return left;
  }

  it("answers a whole payload at once, whoever keeps the pipe open", async () => {
    const { folder } = temporaryRepository({ "README.md": "# A\n" });
    const text = JSON.stringify(call("open"));
    const cut = text.indexOf("}") + 1;
    expect(await tellAndHold(folder, [text.slice(0, cut), `${text.slice(cut)}\n${" ".repeat(20)}`])).toBe(0);
    expect(linesBelow(folder, "mcp")).toHaveLength(1);
  });

  it("leaves a host that keeps the pipe open and sends no whole payload, and counts it", async () => {
    const { folder } = temporaryRepository({ "README.md": "# A\n" });
    expect(await tellAndHold(folder, ['{"hook_event_name": {}'])).toBe("SIGTERM");
    expect(unrecorded(folder)).toEqual(["standard input did not end within 2000 ms of silence"]);
  });

  it("leaves what Cursor does to the hooks of Cursor, which reads the settings of Claude Code too", async () => {
    const repository = temporaryRepository({ "README.md": "# A\n" });
    const payload = call("one", { cursor_version: "2.4", conversation_id: "c1" });
    expect((await tell(repository.folder, payload)).err).toContain("init --agents cursor");
    repository.write(".cursor/hooks.json", '{"command": "node .growth-engine/hook.cjs cursor"}');
    expect(await tell(repository.folder, payload)).toEqual({ ...SILENT, err: "" });
    expect(linesBelow(repository.folder, "")).toEqual([]);
    expect(unrecorded(repository.folder)).toHaveLength(1);
  });
});
