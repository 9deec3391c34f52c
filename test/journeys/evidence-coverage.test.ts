import { describe, expect, it } from "vitest";
import { type TemporaryRepository, temporaryRepository } from "../harness/temporary-repository.ts";

const FILE = "artifacts/ada/2026-01-05/mcp/web.jsonl";

function line(id: string, more: Record<string, unknown> = {}): string {
  const fields = { tool: "web", doc_ref: "https://example.com/a", request_id: id, purpose: "read" };
  return `${JSON.stringify({ ...fields, timestamp: "2026-01-05T12:00:00Z", ...more })}\n`;
}

interface Covered {
  changed: number;
  covered: number;
  percent: number | null;
  byFolder: object[];
  byAgent: object[];
  byTool: object[];
  uncovered: { file: string }[];
}

async function coverage(repository: TemporaryRepository, ...words: string[]): Promise<Covered> {
  const { out, err } = await repository.runCli(["evidence", "coverage", "--json", ...words]);
  if (out === "") throw new Error(err);
  return JSON.parse(out) as Covered;
}

describe("evidence coverage", () => {
  it("says which changed files have evidence, by folder, agent and tool", async () => {
    const repository = temporaryRepository({ "src/a.ts": "1\n", "lib/b.ts": "1\n" });
    repository.branch("topic");
    repository.write("src/a.ts", "2\n");
    repository.write("docs/a.md", "text\n");
    repository.write(FILE, line("1"));
    repository.commit("Covered by itself");
    repository.write("lib/b.ts", "2\n");
    repository.commit("Not covered");
    repository.write(FILE, line("1") + line("2", { purpose: "" }));
    repository.commit("Broken evidence");
    const answer = await coverage(repository);
    expect(answer).toMatchObject({ changed: 2, covered: 1, percent: 50 });
    expect(answer.byFolder).toEqual([
      { name: "lib", changed: 1, covered: 0 },
      { name: "src", changed: 1, covered: 1 },
    ]);
    expect(answer.byAgent).toEqual([{ name: "ada", files: 1, lines: 1 }]);
    expect(answer.byTool).toEqual([{ name: "web", files: 1, lines: 1 }]);
    expect(answer.uncovered).toMatchObject([{ file: "lib/b.ts" }]);
    const { out } = await repository.runCli(["evidence", "coverage"]);
    expect(out).toContain("1 of 2 (50 %) changed code files have evidence");
    expect(out).toMatch(/lib\/b\.ts +[0-9a-f]{7}/);
  });

  it("lets evidence that is committed alone speak for the neighbouring commits with code", async () => {
    const repository = temporaryRepository({ "a.ts": "1\n" });
    repository.branch("topic");
    for (const step of ["2", "3", "4", "5"]) {
      if (step === "3") {
        repository.write(FILE, line("1"));
        repository.commit("Evidence");
      }
      repository.write(`${step}.ts`, step);
      repository.commit(`Code ${step}`);
    }
    const { uncovered } = await coverage(repository, "--base", "main");
    expect(uncovered.map(({ file }) => file)).toEqual(["4.ts", "5.ts"]);
  });

  it("measures the last days before the head commit, whenever it runs", async () => {
    const repository = temporaryRepository({ "a.ts": "1\n" });
    repository.write("a.ts", "2\n");
    repository.commit("Old", { time: "2026-01-10T00:00:00Z" });
    repository.write("b.ts", "2\n");
    repository.write(FILE, line("1"));
    repository.commit("New", { time: "2026-01-20T00:00:00Z" });
    expect(await coverage(repository, "--days", "5")).toMatchObject({ changed: 1, percent: 100 });
    expect(await coverage(repository, "--days", "30")).toMatchObject({ changed: 2, percent: 50 });
    expect(await coverage(repository, "--days", "30", "--head", "HEAD~1")).toMatchObject({ percent: 0 });
  });

  it("reads evidence that attributes of the repository would hide", async () => {
    const repository = temporaryRepository({ "a.ts": "1\n", ".gitattributes": "*.jsonl -diff\n" });
    repository.branch("topic");
    repository.write("a.ts", "2\n");
    repository.write(FILE, `+++ b/other\n${line("1", { purpose: "\0 and more" })}`);
    repository.commit("Code");
    expect(await coverage(repository)).toMatchObject({ percent: 100 });
  });

  it("has no percentage where no code changed, and cannot tell in a clone that is too shallow", async () => {
    const repository = temporaryRepository({ "a.ts": "1\n" });
    repository.commit("Nothing");
    expect(await coverage(repository)).toMatchObject({ changed: 0, percent: null });
    const shallow = repository.clone("--depth=1");
    expect((await shallow.runCli(["evidence", "coverage", "--days", "9"])).code).toBe(3);
    expect((await repository.runCli(["evidence", "coverage", "--days", "9", "--base", "main"])).code).toBe(2);
  });
});
