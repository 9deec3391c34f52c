import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { guardedHistory } from "../harness/guarded-history.ts";
import { type TemporaryRepository, temporaryRepository } from "../harness/temporary-repository.ts";

async function trendOf(repository: TemporaryRepository, ...words: string[]) {
  const { code, out, err } = await repository.runCli([
    "guard",
    "trend",
    "--since",
    "2026-01-01",
    "--json",
    ...words,
  ]);
  expect([code, err]).toEqual([0, ""]);
  return JSON.parse(out);
}

const CACHE = ".git/growth-engine/past-pulls.tsv";

describe("guard trend", () => {
  const repository = guardedHistory();

  it("counts what passed as it was merged, week by week, by the rules of that time", async () => {
    const { pulls, compliance } = await trendOf(repository);
    expect(pulls).toBe(7);
    expect(
      compliance.weeks.map(({ week, judged, passed }: Record<string, unknown>) => [week, judged, passed]),
    ).toEqual([
      ["2026-01-05", 3, 2],
      ["2026-01-12", 2, 1],
      ["2026-01-19", 2, 1],
    ]);
    expect(compliance.byGuard["dev-mcp-ban"]).toEqual({ judged: 7, passed: 5 });
    expect(compliance.weeks[2].configChanges[0].subject).toBe("Ban left-pad (#6)");
  });

  it("measures the time from the first failing commit to the first that passed", async () => {
    const { resolution } = await trendOf(repository);
    expect(resolution).toMatchObject({ pulls: 1, median: 30 * 60_000, known: 2 });
  });

  it("tells what was corrected, what was merged anyway, and what only later rules and rewrites showed", async () => {
    const { effect, failures } = await trendOf(repository);
    const of = (rule: string) => effect.byRule.find((row: { rule: string }) => row.rule === rule);
    expect(of("evidence/missing")).toMatchObject({ corrected: 1, merged: 1, afterwards: 0 });
    expect(of("ban/import")).toMatchObject({ corrected: 0, merged: 1, afterwards: 1 });
    expect(of("evidence/rewritten")).toMatchObject({ merged: 1, afterwards: 1 });
    expect(failures).toContainEqual(
      expect.objectContaining({ rule: "evidence/missing", pulls: 2, atMerge: 1 }),
    );
  });

  it("counts banned packages by package, folder, agent and week, and what stands at the tip", async () => {
    const { violations } = await trendOf(repository);
    expect(violations).toMatchObject({
      brought: 2,
      mended: 1,
      standing: [{ rule: "ban/import", package: "left-pad", file: "app/hurry.ts" }],
      byPackage: [
        { name: "context7-mcp", count: 1 },
        { name: "left-pad", count: 1 },
      ],
      byFolder: [{ name: "app", count: 2 }],
      byAgent: [
        { name: "eng", count: 1 },
        { name: "no record", count: 1 },
      ],
    });
    expect(violations.byWeek.map(({ brought }: { brought: number }) => brought)).toEqual([1, 1, 0]);
  });

  it("follows the coverage of evidence", async () => {
    const { compliance } = await trendOf(repository);
    expect(compliance.weeks[0].coverage).toEqual({ changed: 3, covered: 2 });
  });

  it("answers the same from what it remembers, and from nothing when that was damaged", async () => {
    const first = await trendOf(repository);
    expect(await trendOf(repository)).toEqual(first);
    const file = join(repository.folder, CACHE);
    writeFileSync(file, readFileSync(file, "utf8").replaceAll('"findings":[{', '"findings":[],"x":[{'));
    expect(await trendOf(repository)).toEqual(first);
    appendFileSync(file, "no\tsuch\tline\n\t\t\n");
    expect(await trendOf(repository)).toEqual(first);
  });

  it("notes run times, outside of the verdict and of CI", async () => {
    const own = guardedHistory();
    await own.runCli(["guard", "all"]);
    await own.runCli(["ban", "scan"]);
    await own.runCli(["ban", "scan"], { env: { CI: "true" } });
    await own.runCli(["ban", "scan"], { env: { GROWTH_ENGINE_RUNS: "off" } });
    appendFileSync(join(own.folder, ".git/growth-engine/runs.jsonl"), "cut sho");
    const { runs } = await trendOf(own);
    expect(
      runs.map(({ command, runs: count }: { command: string; runs: number }) => [command, count]),
    ).toEqual([
      ["ban scan", 1],
      ["guard all", 1],
    ]);
  });

  it("says how far a shallow clone reaches, and exits 3 when it reaches nothing", async () => {
    const { reach, pulls } = await trendOf(repository.clone("--depth", "3"));
    expect(pulls).toBe(2);
    expect(reach).toContain("this shallow clone reaches back to 2026-01-14");
    const none = await repository.clone("--depth", "1").runCli(["guard", "trend"]);
    expect([none.code, none.err]).toEqual([3, expect.stringContaining("git fetch --unshallow")]);
  });

  it("takes a bare repository, a revision and a limit", async () => {
    const { pulls } = await trendOf(repository.bareClone(), "--since", "main~2");
    expect(pulls).toBe(2);
    const { pulls: two, reach } = await trendOf(repository, "--limit", "2");
    expect([two, reach]).toEqual([2, "the newest 2 only; for more: --limit <number>"]);
  });

  it("refuses a revision that is none and a limit that is no number, and reports an empty time as empty", async () => {
    const refused = await repository.runCli(["guard", "trend", "--since", "nowhere"]);
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('"nowhere" names no commit')]);
    expect((await repository.runCli(["guard", "trend", "--limit", "0"])).code).toBe(2);
    const { code, out } = await repository.runCli(["guard", "trend", "--since", "2030-01-01"]);
    expect([code, out]).toEqual([0, expect.stringContaining("0 pull requests since 2030-01-01")]);
  });

  it("passes over a past config that is broken, and says so", async () => {
    const own = temporaryRepository({ "app/a.ts": "1;\n", "growth-engine.json": "{" });
    own.write("app/a.ts", "2;\n");
    own.commit("Change (#1)");
    own.write("growth-engine.json", "{}\n");
    own.commit("Mend the config (#2)");
    own.write("app/a.ts", "3;\n");
    own.commit("Change again (#3)");
    const { pulls, unjudged } = await trendOf(own);
    expect(pulls).toBe(1);
    expect(unjudged.map(({ subject }: { subject: string }) => subject)).toEqual([
      "Change (#1)",
      "Mend the config (#2)",
    ]);
  });

  it("shows hostile subjects and authors as text", async () => {
    const own = temporaryRepository({ "app/a.ts": "1;\n" });
    own.write("app/a.ts", "2;\n");
    own.commit("\u001b[2J\u001b[31mred (#1)");
    const { out } = await own.runCli(["guard", "trend"]);
    expect(out).toContain("\\u{1b}[2J");
    expect(out).not.toContain("\u001b");
  });
});
