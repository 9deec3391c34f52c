import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder, temporaryRepository } from "../../../test/harness/temporary-repository.ts";
import {
  findCheckout,
  type RecorderSession,
  recordBeat,
  recordCalls,
  type SeenCall,
  whoWorks,
} from "./index.ts";

process.env.XDG_STATE_HOME = temporaryFolder();
const AT = Date.parse("2026-03-02T12:00:00Z");
const DAY_MS = 86_400_000;

const call = (more: Partial<SeenCall> = {}): SeenCall => ({
  tool: "context7",
  docRef: "https://context7.com/facebook/react",
  purpose: "hooks",
  action: "consult",
  at: AT,
  ...more,
});

function sessionIn(root: string, more: Partial<RecorderSession> = {}): RecorderSession {
  const recorder = { kind: "hook", name: "claude-code", version: "1.0.0" } as const;
  return { root, agent: "ada", session: "s1", recorder, ...more };
}

const sumOf = (line: string) => createHash("sha256").update(line).digest("hex");

const linesIn = (root: string, file: string) => readFileSync(join(root, file), "utf8").trimEnd().split("\n");

describe("recordCalls", () => {
  it("chains a session over calls, processes and days", () => {
    const { folder } = temporaryRepository();
    const [first] = recordCalls(sessionIn(folder), [call(), call()]);
    const later = recordCalls(sessionIn(folder), [call(), call({ at: AT + DAY_MS })]);
    expect(first?.file).toBe("artifacts/ada/2026-03-02/mcp/claude-code.s1.jsonl");
    expect(later.map(({ file }) => file)).toEqual([
      first?.file,
      "artifacts/ada/2026-03-03/mcp/claude-code.s1.jsonl",
    ]);
    const all = later.flatMap(({ file }) => linesIn(folder, file));
    expect(all.map((line) => JSON.parse(line).seq)).toEqual([1, 2, 3, 4]);
    expect(all.map((line) => JSON.parse(line).prev)).toEqual([undefined, ...all.slice(0, -1).map(sumOf)]);
  });

  it("starts anew where the session's earlier lines are on another branch, and goes on when back", () => {
    const repository = temporaryRepository();
    repository.write("a", "");
    repository.commit("begin");
    recordCalls(sessionIn(repository.folder), [call()]);
    const main = repository.git("branch", "--show-current");
    repository.branch("one");
    repository.commit("one");
    repository.branch("two", main);
    const [elsewhere] = recordCalls(sessionIn(repository.folder), [call()]);
    expect(elsewhere?.file).toBe("artifacts/ada/2026-03-02/mcp/claude-code.s1-2.jsonl");
    expect(JSON.parse(elsewhere?.lines[0] ?? "")).toMatchObject({ session: "s1-2", seq: 1 });
    repository.commit("two");
    repository.move("one");
    const [back] = recordCalls(sessionIn(repository.folder), [call()]);
    expect(JSON.parse(back?.lines[0] ?? "")).toMatchObject({ session: "s1", seq: 2 });
  });

  it("goes on after a line that a crash cut short", () => {
    const repository = temporaryRepository();
    const [{ file = "", lines = [] } = {}] = recordCalls(sessionIn(repository.folder), [call()]);
    repository.write(file, `${lines[0]}\n{"tool":"cont`);
    recordCalls(sessionIn(repository.folder), [call()]);
    const all = linesIn(repository.folder, file);
    expect(all).toHaveLength(3);
    expect(JSON.parse(all[2] ?? "")).toMatchObject({ seq: 2, prev: sumOf(lines[0] ?? "") });
  });

  it("writes no argument, no answer, no secret of an address or purpose", () => {
    const { folder } = temporaryRepository();
    const secret = "hunter2hunter2hunter2";
    const [{ lines = [] } = {}] = recordCalls(sessionIn(folder), [
      call({
        docRef: `https://ada:${secret}@example.com/?token=${secret}`,
        purpose: `search token=${secret}`,
        input: { secret },
        output: secret,
      }),
    ]);
    expect(lines[0]).not.toContain(secret);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ input_hmac: expect.stringMatching(/^[\da-f]{64}$/) });
  });

  it("gives the same arguments the same hash, whatever order their names stand in", () => {
    const { folder } = temporaryRepository();
    const [{ lines = [] } = {}] = recordCalls(sessionIn(folder), [
      call({ input: { a: 1, b: [{ c: 2, d: 3 }] } }),
      call({ input: { b: [{ d: 3, c: 2 }], a: 1 } }),
      call({ input: { a: 1, b: [{ c: 2, d: 4 }] } }),
    ]);
    const [one, same, other] = lines.map((line) => JSON.parse(line).input_hmac);
    expect(one).toBe(same);
    expect(one).not.toBe(other);
  });

  it("refuses names that would lead out of the records", () => {
    const { folder } = temporaryRepository();
    for (const unfit of [{ agent: "../ada" }, { session: "a/b" }, { session: "" }])
      expect(() => recordCalls(sessionIn(folder, unfit), [call()])).toThrow(/cannot name a file/);
    expect(existsSync(join(folder, "artifacts"))).toBe(false);
  });
});

describe("recordBeat", () => {
  it("appends to the session's own file", () => {
    const { folder } = temporaryRepository();
    const file = recordBeat(sessionIn(folder), { task: "ENG-1", status: "doing", at: AT });
    expect(file).toBe("artifacts/ada/2026-03-02/heartbeat.s1.ndjson");
    expect(JSON.parse(linesIn(folder, file)[0] ?? "")).toMatchObject({ task: "ENG-1", session: "s1" });
  });
});

describe("findCheckout", () => {
  it("knows the commit of loose and packed branches, of linked trees and of none", () => {
    const repository = temporaryRepository();
    repository.write("a/b", "");
    const head = repository.commit("begin");
    expect(findCheckout(join(repository.folder, "a"))).toMatchObject({ root: repository.folder, head });
    repository.git("pack-refs", "--all");
    expect(findCheckout(repository.folder)?.head).toBe(head);
    const linked = join(temporaryFolder(), "linked");
    repository.git("worktree", "add", "-q", linked);
    expect(findCheckout(linked)).toMatchObject({ root: linked, head });
    repository.git("checkout", "-q", "--detach");
    expect(findCheckout(repository.folder)?.head).toBe(head);
    expect([findCheckout(temporaryFolder()), findCheckout("/no/such")]).toEqual([null, null]);
  });
});

describe("whoWorks", () => {
  it("takes the one task that the checkout holds, and guesses none of several", () => {
    const repository = temporaryRepository();
    const gitDir = join(repository.folder, ".git");
    expect(whoWorks({}, { gitDir })).toEqual({ agent: null, task: null });
    repository.write(".git/growth-engine/claims/x/1.json", '{"task":"ENG-1","fence":1}\n');
    expect(whoWorks({ GROWTH_ENGINE_AGENT: "ada" }, { gitDir })).toEqual({ agent: "ada", task: "ENG-1" });
    repository.write(".git/growth-engine/claims/x/2.json", '{"task":"ENG-2","fence":1}\n');
    expect(whoWorks({}, { gitDir }).task).toBeNull();
    expect(whoWorks({ GROWTH_ENGINE_TASK: "ENG-3" }, { gitDir }).task).toBe("ENG-3");
  });
});
