import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adminTokenIn, dataPlace, type SpawnedServe, spawnServe } from "../harness/spawned-serve.ts";
import { runCli, temporaryFolder } from "../harness/temporary-repository.ts";

describe("growth-engine task import", () => {
  const place = dataPlace();
  const folder = temporaryFolder();
  let serve: SpawnedServe;
  const run = (...words: string[]) =>
    runCli(["task", ...words], {
      cwd: folder,
      env: { GROWTH_ENGINE_URL: serve.url, GROWTH_ENGINE_TOKEN: adminTokenIn(place.folder) },
    });
  const write = (path: string, ...lines: unknown[]) => {
    const text = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${text}\n`);
  };

  beforeAll(async () => {
    serve = await spawnServe(["--data-dir", place.folder, "--port", "0"]);
  }, 90_000);
  afterAll(async () => {
    await serve.stop();
    place.remove();
  });

  it("says what it would do, does it, and does nothing the second time", async () => {
    write(
      ".beads/issues.jsonl",
      { id: "bd-1", title: "First", status: "closed", priority: 0 },
      {
        id: "bd-2",
        title: "Second",
        status: "in_progress",
        priority: 1,
        dependencies: [{ depends_on_id: "bd-1", type: "blocks" }],
      },
      { id: "bd-3", title: "Gone", status: "tombstone" },
      '{"id":"bd-4",',
    );
    const dry = await run("import", "--from", "beads", ".", "--dry-run");
    expect(dry).toMatchObject({
      code: 0,
      out: expect.stringContaining("would be: 2 added, 2 left out; nothing is written"),
    });
    expect(dry.out).toContain(".beads/issues.jsonl:4");
    expect((await run("list", "--all", "--json")).out).toBe("[]\n");
    expect((await run("import", "--from", "beads", ".")).out).toContain("2 added, 2 left out");
    expect((await run("import", "--from", "beads", ".")).out).toContain("2 unchanged, 2 left out");
    const second = JSON.parse((await run("show", "bd-2", "--json")).out);
    expect(second).toMatchObject({
      state: "assigned",
      ready: true,
      priority: "P1",
      depends_on: [{ id: "bd-1", state: "completed" }],
    });
  });

  it.each([
    [
      "backlog",
      "backlog",
      "backlog/tasks/back-7 - Sort.md",
      "---\nid: BACK-7\ntitle: Sort\nstatus: To Do\npriority: high\n---\n## Acceptance Criteria\n- [ ] #1 sorted",
      "BACK-7",
    ],
    [
      "github",
      "issues.json",
      "issues.json",
      '[{"number":12,"title":"Crash","state":"OPEN","body":"","labels":[{"name":"P1"}],"assignees":[]}]',
      "GH-12",
    ],
    ["csv", "tasks.csv", "tasks.csv", "id,title,priority\nC-1,Count,high", "C-1"],
  ])("takes tasks of %s", async (from, path, file, text, id) => {
    write(file, text);
    const answer = await run("import", "--from", from, path, "--json");
    expect(answer.code, answer.err).toBe(0);
    expect(JSON.parse(answer.out)).toMatchObject({
      dry_run: false,
      tasks: [{ id, outcome: "added" }],
      notes: [],
    });
    expect(JSON.parse((await run("show", id, "--json")).out)).toMatchObject({ id, priority: "P1" });
  });

  it("changes what differs, or leaves it when asked to", async () => {
    write("tasks.csv", "id,title,priority\nC-1,Count again,high");
    expect((await run("import", "--from", "csv", "tasks.csv", "--keep")).out).toContain("1 skipped");
    expect((await run("import", "--from", "csv", "tasks.csv")).out).toContain("1 changed");
    expect(JSON.parse((await run("show", "C-1", "--json")).out)).toMatchObject({ title: "Count again" });
  });

  it("imports more than a call takes, in an order in which each part stands on those before", async () => {
    const rows = Array.from(
      { length: 4_500 },
      (_, at) => `L-${at},Link ${at},${at < 4_499 ? `L-${at + 1}` : ""}`,
    );
    write("long.csv", "id,title,depends on", ...rows);
    expect((await run("import", "--from", "csv", "long.csv", "--dry-run")).out).toContain(
      "would be: 4500 added",
    );
    expect((await run("import", "--from", "csv", "long.csv")).out).toContain("4500 added");
    expect(JSON.parse((await run("show", "L-0", "--json")).out).depends_on).toEqual([
      { id: "L-1", state: "assigned" },
    ]);
  });

  it.each([
    [["--from", "trello", "tasks.csv"], 2, "--from beads|backlog|github|csv"],
    [["--from", "csv", "missing.csv"], 2, "does not exist"],
    [["--from", "csv", ".beads/issues.jsonl"], 1, 'no column "id"'],
  ])("refuses %j", async (words, code, says) => {
    const answer = await run("import", ...words);
    expect(answer.code).toBe(code);
    expect(answer.out + answer.err).toContain(says);
  });
});
