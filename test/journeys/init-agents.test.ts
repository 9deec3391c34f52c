import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import {
  type TemporaryRepository,
  temporaryFolder,
  temporaryRepository,
} from "../harness/temporary-repository.ts";

const STATE = temporaryFolder();
const THEIRS = `{
  // of the team
  "permissions": { "allow": ["Bash(npm test:*)"] },
  "hooks": {
    "PostToolUse": [
      { "matcher": "Edit|Write", "hooks": [{ "type": "command", "command": "npx prettier --write ." }] },
    ],
  },
}
`;

async function init(repository: TemporaryRepository, ...words: string[]) {
  const answer = await repository.runCli(["init", "--yes", ...words]);
  expect(answer.err).toBe("");
  return answer.out;
}

/** Every command line below `hooks` of settings, by event. */
function commandsIn(text: string): Record<string, string[]> {
  const { hooks } = JSON.parse(text);
  const lines = (value: unknown): string[] =>
    Array.isArray(value)
      ? value.flatMap(lines)
      : Object.entries((value ?? {}) as Record<string, unknown>).flatMap(([name, inner]) =>
          name === "command" || name === "bash" ? [String(inner)] : name === "hooks" ? lines(inner) : [],
        );
  return Object.fromEntries(Object.entries(hooks).map(([event, value]) => [event, lines(value)]));
}

/** Runs a command line of the settings as its host does: by a shell, at the top, with the folder in its variable. */
function runHook({ folder }: TemporaryRepository, line: string, payload: unknown) {
  const env = {
    PATH: process.env.PATH,
    HOME: STATE,
    XDG_STATE_HOME: STATE,
    GROWTH_ENGINE_TASK: "ENG-1",
    CLAUDE_PROJECT_DIR: folder,
    GEMINI_PROJECT_DIR: folder,
  };
  const done = spawnSync("sh", ["-c", line], {
    cwd: folder,
    env,
    input: JSON.stringify(payload),
    encoding: "utf8",
  });
  expect([done.status, done.stdout, done.stderr]).toEqual([0, "", ""]);
}

function recordsOf({ folder }: TemporaryRepository, agent: string): Record<string, unknown>[] {
  const top = join(folder, "artifacts", agent);
  if (!existsSync(top)) return [];
  const files = readdirSync(top, { recursive: true, encoding: "utf8" }).filter((path) =>
    /json$|jsonl$/.test(path),
  );
  return files
    .flatMap((path) => readFileSync(join(top, path), "utf8").trimEnd().split("\n"))
    .map((line) => JSON.parse(line));
}

/** For each host whose settings name commands: file, event of a call, payload. */
const CALLS: [string, string, string, (root: string) => Record<string, unknown>][] = [
  [
    "claude-code",
    ".claude/settings.json",
    "PostToolUse",
    (cwd) => ({
      session_id: "s",
      cwd,
      hook_event_name: "PostToolUse",
      tool_name: "mcp__docs__find",
      tool_input: {},
    }),
  ],
  [
    "cursor",
    ".cursor/hooks.json",
    "afterMCPExecution",
    (cwd) => ({
      conversation_id: "s",
      workspace_roots: [cwd],
      hook_event_name: "afterMCPExecution",
      tool_name: "find",
      mcp_server_name: "docs",
      tool_input: "{}",
    }),
  ],
  [
    "codex-cli",
    ".codex/hooks.json",
    "PostToolUse",
    (cwd) => ({
      session_id: "s",
      cwd,
      hook_event_name: "PostToolUse",
      tool_name: "mcp__docs__find",
      tool_input: {},
    }),
  ],
  [
    "gemini-cli",
    ".gemini/settings.json",
    "AfterTool",
    (cwd) => ({
      session_id: "s",
      cwd,
      hook_event_name: "AfterTool",
      tool_name: "mcp_docs_find",
      tool_input: {},
      mcp_context: { server_name: "docs", tool_name: "find" },
    }),
  ],
  [
    "copilot-cli",
    ".github/hooks/growth-engine.json",
    "postToolUse",
    (cwd) => ({
      sessionId: "s",
      cwd,
      toolName: "docs-find",
      toolArgs: {},
      toolResult: { resultType: "success" },
    }),
  ],
];

describe("init --agents", () => {
  it("installs hooks beside what is there, which record as they are installed, and takes them out to the byte", async () => {
    const repository = temporaryRepository({ ".claude/settings.json": THEIRS, "README.md": "# A\n" });
    const read = (path: string) => readFileSync(join(repository.folder, path), "utf8");
    const out = await init(
      repository,
      "--agents",
      "claude-code,cursor,codex-cli",
      "gemini-cli",
      "copilot-cli",
      "opencode",
    );
    expect(out).toContain(
      `+            "command": "node \\"\${CLAUDE_PROJECT_DIR:-.}/.growth-engine/hook.cjs\\" claude-code",`,
    );
    expect(out).toContain("open /hooks there");
    for (const [name, file, event, payload] of CALLS) {
      const text =
        name === "claude-code"
          ? read(file)
              .replace("  // of the team\n", "")
              .replaceAll(/,(\s*[\]}])/g, "$1")
          : read(file);
      const line = commandsIn(text)[event]?.at(-1) ?? "";
      runHook(repository, line, payload(repository.folder));
      expect(recordsOf(repository, name)).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ tool: "docs", call: "find", session: `${name}-s`, action: "consult" }),
          expect.objectContaining({ task: "ENG-1", status: "doing" }),
        ]),
      );
    }
    expect(await init(repository)).toContain("nothing to change");
    await init(repository, "--undo");
    expect(read(".claude/settings.json")).toBe(THEIRS);
    for (const folder of [".cursor", ".codex", ".gemini", ".opencode", ".github"])
      expect(existsSync(join(repository.folder, folder)), folder).toBe(false);
  });

  it("keeps up what was set up, takes out what is not wanted any more, and finds agents by their files", async () => {
    const repository = temporaryRepository({ ".claude/settings.json": THEIRS, ".cursor/rules/a.mdc": "x\n" });
    const has = (path: string) => existsSync(join(repository.folder, path));
    await init(repository, "--agents", "detect");
    expect([has(".cursor/hooks.json"), has(".codex/hooks.json")]).toEqual([true, false]);
    await init(repository);
    expect(has(".cursor/hooks.json")).toBe(true);
    await init(repository, "--agents", "cursor");
    expect(readFileSync(join(repository.folder, ".claude/settings.json"), "utf8")).toBe(THEIRS);
    await init(repository, "--agents", "none");
    expect(has(".cursor/hooks.json")).toBe(false);
  });

  it("leaves settings alone that it cannot read, and says what to add", async () => {
    const repository = temporaryRepository({ ".claude/settings.json": "{ broken", "README.md": "# A\n" });
    const out = await init(repository, "--agents", "claude-code");
    expect(out).toContain(".claude/settings.json is in a form that init cannot add to");
    expect(readFileSync(join(repository.folder, ".claude/settings.json"), "utf8")).toBe("{ broken");
  });

  it("refuses an agent that it does not know", async () => {
    const { runCli } = temporaryRepository({ "README.md": "# A\n" });
    expect(await runCli(["init", "--agents", "claude"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("claude-code"),
    });
    expect((await runCli(["init", "--agents", "all,cursor"])).code).toBe(2);
  });

  it("writes a plugin for OpenCode that hands events to the hook", async () => {
    const repository = temporaryRepository({ "README.md": "# A\n" });
    await init(repository, "--agents", "opencode");
    const plugin = join(repository.folder, ".opencode/plugins/growth-engine.js");
    const program = `
      const { GrowthEngine } = await import(${JSON.stringify(pathToFileURL(plugin).href)});
      const hooks = await GrowthEngine({ directory: process.cwd(), worktree: process.cwd() });
      await hooks.config({ mcp: { "my docs": {} } });
      await hooks.event({ event: { type: "session.created", properties: { info: { id: "ses_1" } } } });
      await hooks["tool.execute.after"]({ tool: "my_docs_find", sessionID: "ses_1", callID: "c1", args: {} }, { output: "x" });
      const part = { type: "tool", tool: "read", callID: "c2", sessionID: "ses_1", state: { status: "error", input: {}, error: "x" } };
      for (let twice = 0; twice < 2; twice += 1)
        await hooks.event({ event: { type: "message.part.updated", properties: { part } } });
      await hooks.event({ event: { type: "unheard.of" } });
      await hooks.dispose();`;
    const env = { ...process.env, XDG_STATE_HOME: STATE, GROWTH_ENGINE_TASK: "ENG-1" };
    const words = ["--input-type=module", "-e", program];
    const done = spawnSync(process.execPath, words, { cwd: repository.folder, env, encoding: "utf8" });
    expect([done.status, done.stdout, done.stderr]).toEqual([0, "", expect.not.stringContaining("Error")]);
    const records = recordsOf(repository, "opencode");
    expect(records.filter(({ seq }) => seq !== undefined)).toMatchObject([
      { tool: "my docs", call: "find", outcome: "ok", request_id: "c1" },
      { tool: "read", outcome: "error", request_id: "c2" },
    ]);
    expect(records.filter(({ status }) => status !== undefined)).toMatchObject([
      { status: "doing" },
      { status: "blocked", progress: "the session ended" },
    ]);
  });
});
