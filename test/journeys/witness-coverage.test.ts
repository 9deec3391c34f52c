import { describe, expect, it } from "vitest";
import { consulted, edited, recordCalls, recorderSession, type Worker } from "../harness/recorded-lines.ts";
import { type TemporaryRepository, temporaryRepository } from "../harness/temporary-repository.ts";

const MANIFEST = '{ "dependencies": { "next": "16.0.0", "zod": "4.0.0" } }\n';
const at = (minute: number) => `2026-01-05T10:${String(minute).padStart(2, "0")}:00Z`;

function working(): { repository: TemporaryRepository; ada: Worker } {
  const repository = temporaryRepository({
    "package.json": MANIFEST,
    "src/cart.ts": "export const cart = [];\n",
  });
  repository.branch("work");
  return { repository, ada: { root: repository.folder, agent: "ada", task: "ENG-1" } };
}

/** Ada reads about next, edits two files of which a hook sees one, and a third file changes unseen. */
function work() {
  const { repository, ada } = working();
  const hook = recorderSession("hook", ada, "s1");
  recordCalls(hook, [consulted("/vercel/next.js", at(1), "t1"), edited("src/cart.ts", at(3), "t2")]);
  recordCalls(recorderSession("proxy", ada, "p1"), [consulted("/vercel/next.js", at(1), undefined)]);
  recordCalls(recorderSession("transcript", ada, "s1"), [
    consulted("/vercel/next.js", at(1), "t1"),
    edited("src/sum.ts", at(2), "t3"),
    edited("src/cart.ts", at(3), "t2"),
  ]);
  repository.write("src/cart.ts", 'import next from "next";\nimport { read } from "node:fs";\n');
  repository.write("src/sum.ts", 'import { z } from "zod";\nimport own from "@/own";\n');
  repository.write("lib/unseen.ts", "export {};\n");
  repository.write("src/moved.ts", "export const cart = [];\n");
  repository.commit("Work", { time: "2026-01-05T11:00:00Z" });
  return repository;
}

async function coverage(repository: TemporaryRepository, ...words: string[]) {
  const { out, err } = await repository.runCli(["witness", "coverage", "--json", ...words]);
  if (out === "") throw new Error(err);
  return JSON.parse(out);
}

describe("witness coverage", () => {
  it("says who saw each changed file and each call, by agent and folder", async () => {
    const answer = await coverage(work());
    expect(answer).toMatchObject({
      schema: "growth-engine/witness-coverage@1",
      changed: 4,
      seen: 2,
      percent: 50,
      byAgent: [{ name: "ada", changed: 2, seen: 2 }],
      byFolder: [
        { name: "lib", changed: 1, seen: 0 },
        { name: "src", changed: 3, seen: 2 },
      ],
    });
    const seenBy = Object.fromEntries(
      answer.files.map((file: { file: string; seenBy: string[] }) => [file.file, file.seenBy]),
    );
    expect(seenBy).toEqual({
      "lib/unseen.ts": [],
      "src/cart.ts": ["hook", "transcript"],
      "src/moved.ts": [],
      "src/sum.ts": ["transcript"],
    });
    const calls = answer.calls.map((call: { tool: string; task: string; seenBy: string[] }) => [
      call.tool,
      call.task,
      call.seenBy,
    ]);
    expect(calls).toEqual([
      ["context7", "ENG-1", ["hook", "proxy", "transcript"]],
      ["edit", "ENG-1", ["transcript"]],
      ["edit", "ENG-1", ["hook", "transcript"]],
    ]);
  });

  it("names what nothing explains, and what is not seen without a server", async () => {
    const { differences, unseen } = await coverage(work());
    expect(differences).toMatchObject([
      { tool: "edit", calls: 1, from: at(2), seenBy: ["transcript"], notSeenBy: ["hook"], explained: null },
    ]);
    expect(unseen).toEqual(["telemetry that only the control plane holds is not seen here"]);
  });

  it("measures documentation before the first edit, and names packages nobody read about", async () => {
    const { documentation, packages } = await coverage(work());
    expect(documentation).toEqual({ known: 2, before: 1, percent: 50, unknown: 0 });
    expect(packages).toEqual([
      { package: "next", files: 1, consulted: 1, first: "context7:/vercel/next.js" },
      { package: "zod", files: 1, consulted: 0, first: null },
    ]);
  });

  it("reads a range, the last days, and refuses what is neither", async () => {
    const repository = work();
    expect((await coverage(repository, "main..work")).seen).toBe(2);
    expect((await coverage(repository, "main..")).seen).toBe(2);
    expect((await coverage(repository, "--days", "1")).seen).toBe(2);
    for (const words of [
      ["main"],
      ["main..work", "--days", "3"],
      ["--days", "0"],
      ["--base", "x", "--days", "1"],
    ]) {
      const { code, err } = await repository.runCli(["witness", "coverage", ...words]);
      expect([code, err.includes("USAGE")]).toEqual([2, true]);
    }
  });

  it("is written for people too, foreign names escaped", async () => {
    const { repository, ada } = working();
    repository.write("src/a\u001b[31m.ts", "export {};\n");
    recordCalls(recorderSession("hook", ada, "s1"), [
      { ...edited("x.ts", at(1), "t1"), tool: "a\nb\u001b[31m" },
    ]);
    repository.commit("Work", { time: "2026-01-05T11:00:00Z" });
    const { out } = await repository.runCli(["witness", "coverage"]);
    expect(out).toContain("a recorder saw edits of 0 of 1 (0 %) changed code files");
    expect(out).not.toContain("\u001b");
  });

  it("makes the guard name blind spots without failing, and fail where the target asks for that", async () => {
    const observed = work();
    const guard = async (repository: TemporaryRepository) => {
      const { code, out } = await repository.runCli(["guard", "witness", "--base", "main", "--json"]);
      const [{ findings, summary }] = JSON.parse(out).guards;
      return {
        code,
        summary,
        found: findings.map(({ rule, file }: { rule: string; file: string }) => `${rule} ${file}`),
      };
    };
    const { code, summary, found } = await guard(observed);
    expect(code).toBe(0);
    expect(summary).toBe(
      "2 of 4 changed code files were seen being edited by a recorder; hook, proxy and transcript told of 3 calls",
    );
    expect(found).toEqual([
      expect.stringMatching(/^witness\/unexplained artifacts\/ada\/.*\/claude-code\.transcript-s1\.jsonl$/),
      "witness/blind-spot lib/unseen.ts",
      "witness/blind-spot src/moved.ts",
    ]);
    observed.move("main");
    observed.write("growth-engine.json", '{ "rules": { "witness/blind-spot": "block" } }');
    observed.commit("Ask", { time: "2026-01-05T11:30:00Z" });
    observed.move("work");
    const { code: refused } = await observed.runCli(["guard", "all", "--base", "main", "--json"]);
    expect(refused).toBe(1);
  });
});
