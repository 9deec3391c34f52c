import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type TemporaryRepository, temporaryRepository } from "../harness/temporary-repository.ts";

const FILE = "artifacts/ada/2026-01-05/heartbeat.ndjson";

function beat(time: string, status = "doing", task = "ENG-1"): string {
  return `${JSON.stringify({ timestamp: `2026-01-05T${time}Z`, task, status })}\n`;
}

async function verify(repository: TemporaryRepository, ...words: string[]) {
  const { code, out, err } = await repository.runCli(["heartbeat", "verify", "--json", ...words]);
  const { guard, verdict, findings } = JSON.parse(out || "{}");
  const rules = (findings ?? []).map((one: { rule: string; line?: number }) => [
    one.rule.slice(10),
    one.line,
  ]);
  return { code, guard, verdict, rules, err };
}

describe("heartbeat verify", () => {
  it("passes beats in order and without gaps", async () => {
    const repository = temporaryRepository({
      [FILE]: beat("09:00:00") + beat("09:15:00") + beat("09:30:00", "done"),
    });
    expect(await verify(repository)).toMatchObject({
      code: 0,
      guard: "idle-guard",
      verdict: "pass",
      rules: [],
    });
  });

  it("does not apply where there is no heartbeat", async () => {
    expect(await verify(temporaryRepository({ a: "" }))).toMatchObject({
      code: 0,
      verdict: "not-applicable",
    });
    expect(await verify(temporaryRepository())).toMatchObject({ code: 0, verdict: "not-applicable" });
  });

  it("names lines, gaps and steps back, on disk or in a commit", async () => {
    const repository = temporaryRepository({ [FILE]: beat("09:00:00") + beat("09:15:01", "done") });
    repository.write(
      FILE,
      `\uFEFF${beat("09:00:00")}\r\n"text"\r\n${beat("09:15:00", "stopped")}${beat("08:59:00", "done")}`,
    );
    expect(await verify(repository)).toMatchObject({
      code: 1,
      rules: [
        ["not-an-object", 3],
        ["bad-status", 4],
        ["not-monotonic", 5],
      ],
    });
    expect(await verify(repository, "--head", "HEAD")).toMatchObject({ code: 1, rules: [["gap", 2]] });
  });

  it("refuses a revision that is none, and a format that is none", async () => {
    const repository = temporaryRepository({ [FILE]: beat("09:00:00") });
    expect(await verify(repository, "--head", "nowhere")).toMatchObject({ code: 2 });
    const { code, err } = await repository.runCli(["heartbeat", "verify", "--format", "jsn"]);
    expect([code, err]).toEqual([2, expect.stringContaining("json")]);
  });

  it("takes levels and durations from the config of what it reads", async () => {
    const config = '{ "heartbeat": { "staleAfter": "5m" }, "rules": { "heartbeat/gap": "warn" } }';
    const repository = temporaryRepository({
      [FILE]: beat("09:00:00") + beat("09:06:00"),
      "growth-engine.json": config,
    });
    expect(await verify(repository)).toMatchObject({ code: 0, rules: [["gap", 2]] });
  });

  it("shows the rhythm of each agent as text, and as JSON when asked", async () => {
    const repository = temporaryRepository({
      [FILE]: beat("09:00:00") + beat("09:05:00") + beat("09:15:00"),
    });
    const text = await repository.runCli(["heartbeat", "verify"]);
    expect(text.out).toMatch(
      /ada +3 +3 +5 min +10 min +10 min \(artifacts\/ada\/2026-01-05\/heartbeat.ndjson:3\) +ENG-1/,
    );
    const { out } = await repository.runCli(["heartbeat", "verify", "--json", "--trends"]);
    expect(JSON.parse(out)).toMatchObject({
      guards: [{ guard: "idle-guard", verdict: "pass" }],
      trends: [{ agent: "ada", medianInterval: 300_000, p95Interval: 600_000, open: ["ENG-1"] }],
    });
  });

  it("gives the same bytes on every run", async () => {
    const repository = temporaryRepository({ [FILE]: beat("09:00:00") + beat("10:00:00") });
    const runs = await Promise.all(
      [1, 2].map(() => repository.runCli(["heartbeat", "verify", "--json", "--trends"])),
    );
    expect(runs[0]?.out).toBe(runs[1]?.out);
  });

  it("reports files that git ignores instead of passing over them", async () => {
    const repository = temporaryRepository({ ".gitignore": "artifacts/\n" });
    repository.write(FILE, beat("09:00:00"));
    expect(await verify(repository)).toMatchObject({ code: 1, rules: [["untracked", undefined]] });
  });

  it("reports a link instead of reading through it", async () => {
    const repository = temporaryRepository({ a: "" });
    repository.write("artifacts/ada/2026-01-05/x", "");
    symlinkSync("/etc/passwd", join(repository.folder, FILE));
    repository.commit("Link");
    expect(await verify(repository)).toMatchObject({ code: 1, rules: [["bad-path", undefined]] });
    expect(await verify(repository, "--head", "HEAD")).toMatchObject({
      code: 1,
      rules: [["bad-path", undefined]],
    });
  });

  it("excuses the lines that a union merge put together, also out of a pack", async () => {
    const start = beat("08:00:00", "done");
    const repository = temporaryRepository({ [FILE]: start, ".gitattributes": "*.ndjson merge=union\n" });
    repository.branch("other");
    repository.write(FILE, start + beat("08:20:00", "done"));
    repository.commit("Theirs");
    repository.move("main");
    repository.write(FILE, start + beat("08:30:00", "done"));
    repository.commit("Ours");
    repository.merge("other");
    expect(await verify(repository)).toMatchObject({ code: 0, rules: [] });
    repository.git("gc", "--quiet");
    expect(await verify(repository, "--head", "HEAD")).toMatchObject({ code: 0, rules: [] });
  });

  it("answers for a hostile file: long lines, deep JSON, thousands of broken lines", async () => {
    const deep = `${"[".repeat(100_000)}\n`;
    const hostile = `${"x".repeat(3 << 20)}\n${deep}${"{\n".repeat(5_000)}${'{"timestamp":1}\n'.repeat(5_000)}`;
    const { code, rules } = await verify(temporaryRepository({ [FILE]: hostile + beat("09:00:00", "done") }));
    expect(code).toBe(1);
    expect(rules.length).toBeLessThan(310);
    expect(rules.map(([rule]: [string]) => rule)).toContain("line-too-long");
  });
});
